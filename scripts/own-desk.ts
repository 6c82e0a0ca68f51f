import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const START_TIMEOUT_MS = 600_000;

/** A whole desk with demo patients, for journeys and benchmarks. */
export interface OwnDesk {
  /** Addresses without a slash at the end. */
  web: string;
  api: string;
  dataDir: string;
  /** Of the process whose children are the desk's parts. */
  pid: number;
  /** Stops it and removes its data. */
  stop: () => Promise<void>;
}

/**
 * Starts a desk as `npm start` does, in a fresh data folder and on free ports.
 *
 * @param settings environment beside that
 * @throws Error when it ends, or is not ready in five minutes.
 */
export async function startOwnDesk(
  settings: Readonly<Record<string, string>> = {},
): Promise<OwnDesk> {
  const dataDir = await mkdtemp(join(tmpdir(), "lung-iris-desk-"));
  const [webPort, apiPort] = [await quietPort(), await quietPort()];
  const desk = spawn(
    process.execPath,
    [
      "--import",
      import.meta.resolve("tsx"),
      join(root, "scripts/start/main.ts"),
    ],
    {
      cwd: root,
      stdio: ["ignore", "pipe", "inherit"],
      env: {
        ...process.env,
        LUNG_IRIS_DATA: dataDir,
        LUNG_IRIS_WEB_PORT: String(webPort),
        LUNG_IRIS_API_PORT: String(apiPort),
        LUNG_IRIS_DEMO: "1",
        ...settings,
      },
    },
  );
  const exited = once(desk, "exit");
  await Promise.race([
    printed(desk.stdout, "Ready"),
    exited.then(() => {
      throw new Error("The desk ended before it was ready; see above.");
    }),
  ]);
  return {
    web: `http://127.0.0.1:${String(webPort)}`,
    api: `http://127.0.0.1:${String(apiPort)}`,
    dataDir,
    pid: desk.pid ?? 0,
    stop: async () => {
      desk.kill("SIGINT");
      await exited;
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Passes on what is printed, to standard error, until the word comes. */
function printed(stream: NodeJS.ReadableStream, word: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () =>
        reject(
          new Error(
            `The desk did not get ready within ${String(START_TIMEOUT_MS / 1000)} s.`,
          ),
        ),
      START_TIMEOUT_MS,
    );
    stream.on("data", (chunk: Buffer) => {
      process.stderr.write(chunk);
      if (!chunk.toString().includes(word)) return;
      clearTimeout(timer);
      resolve();
    });
  });
}

/**
 * A free port below the range from which systems lend ports to connections
 * (32768 and up): nobody takes it while the desk is being built.
 */
async function quietPort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    const isFree = await new Promise<boolean>((resolve) => {
      const probe = createServer();
      probe.once("error", () => resolve(false));
      probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
    });
    if (isFree) return port;
  }
}
