import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { RunRecord } from "./run-record.ts";
import { type Service, Supervisor } from "./supervise.ts";

describe("the supervisor", () => {
  let dataDir: string;
  let supervisor: Supervisor;
  const said: string[] = [];
  const gaveUp: string[] = [];

  beforeEach(async () => {
    said.length = gaveUp.length = 0;
    dataDir = await mkdtemp(join(tmpdir(), "lung-iris-supervise-"));
    supervisor = new Supervisor(
      dataDir,
      await RunRecord.take(dataDir, () => undefined),
      (line) => said.push(line),
      (line) => gaveUp.push(line),
    );
  });
  afterEach(async () => {
    await supervisor.stopAll();
    await rm(dataDir, { recursive: true, force: true });
  });

  function script(code: string, more: Partial<Service> = {}): Service {
    return {
      name: "service",
      command: process.execPath,
      args: ["-e", code],
      env: {},
      cwd: dataDir,
      ...more,
    };
  }

  it("starts a service again when it is killed", async () => {
    await supervisor.start(
      script(
        `require("fs").appendFileSync("starts", process.pid + "\\n"); setInterval(() => {}, 1000)`,
      ),
    );
    const starts = async () =>
      (await readFile(join(dataDir, "starts"), "utf8").catch(() => ""))
        .trim()
        .split("\n")
        .filter(Boolean);
    await vi.waitFor(async () => expect(await starts()).toHaveLength(1), 5_000);
    process.kill(Number((await starts())[0]), "SIGKILL");
    await vi.waitFor(async () => expect(await starts()).toHaveLength(2), 5_000);
    expect(said.join()).toContain("SIGKILL");
  });

  it("gives up on a service that keeps ending, and names its log", async () => {
    await supervisor.start(script("process.exit(3)"));
    await vi.waitFor(() => expect(gaveUp).toHaveLength(1), 30_000);
    expect(gaveUp[0]).toContain("service.log");
  }, 40_000);

  it("shows the end of the log when a service does not get ready", async () => {
    const readyUrl = "http://127.0.0.1:9/never";
    await expect(
      supervisor.start(
        script(`console.error("the port is taken"); process.exit(1)`, {
          readyUrl,
        }),
      ),
    ).rejects.toThrow(/the port is taken/);
  }, 20_000);

  it("waits until the service answers", async () => {
    const server = createServer((_, response) => response.end("ok"));
    await new Promise<void>((resolve) =>
      server.listen(0, "127.0.0.1", resolve),
    );
    const address = server.address();
    const port = typeof address === "object" && address ? address.port : 0;
    await supervisor.start(
      script("setInterval(() => {}, 1000)", {
        readyUrl: `http://127.0.0.1:${port}/`,
      }),
    );
    expect(gaveUp).toEqual([]);
    server.close();
  });
});
