import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
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

  it("never gives up on a service that keeps ending: names its log once, and goes on", async () => {
    await supervisor.start(
      script(
        `require("fs").appendFileSync("starts", "x"); console.error("no memory"); process.exit(3)`,
      ),
    );
    const starts = () =>
      readFile(join(dataDir, "starts"), "utf8").catch(() => "");
    await vi.waitFor(async () => expect(await starts()).toHaveLength(5), {
      timeout: 30_000,
    });
    expect(gaveUp).toEqual([]);
    expect(said.filter((line) => line.includes("service.log"))).toHaveLength(1);
    expect(said.join()).toContain("no memory");
  }, 40_000);

  it("starts the desk without a service that may be away, and says when it is back", async () => {
    const away = script(
      `const fs = require("fs"); if (!fs.existsSync("model")) process.exit(1);
       process.send("ready"); setInterval(() => {}, 1000)`,
      { tellsReady: true, mayBeAway: "The AI is away." },
    );
    await supervisor.start(away);
    expect(said.join()).toContain("The AI is away. The service does not");
    await vi.waitFor(() => expect(said.join()).toContain("keeps ending"), {
      timeout: 30_000,
    });
    await writeFile(join(dataDir, "model"), "");
    await vi.waitFor(() => expect(said.join()).toContain("is back"), {
      timeout: 30_000,
    });
    expect(gaveUp).toEqual([]);
  }, 70_000);

  it("ends and starts again a service that was stopped (SIGSTOP)", async () => {
    await supervisor.start(
      script(
        `require("fs").appendFileSync("starts", process.pid + "\\n");
         setInterval(() => process.send("alive"), 500)`,
        { tellsReady: true },
      ),
    );
    const starts = async () =>
      (await readFile(join(dataDir, "starts"), "utf8")).trim().split("\n");
    await new Promise((resolve) => setTimeout(resolve, 3_500));
    process.kill(Number((await starts())[0]), "SIGSTOP");
    await vi.waitFor(async () => expect(await starts()).toHaveLength(2), {
      timeout: 40_000,
    });
    expect(said.join()).toContain("has not answered");
  }, 60_000);

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

  it("says which port is taken when another program got it first", async () => {
    const other = createServer((_, response) => {
      response.statusCode = 500;
      response.end();
    });
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const address = other.address();
    const port = typeof address === "object" && address ? address.port : 0;
    const listening = { port, host: "127.0.0.1", variable: "THE_PORT" };
    await expect(
      supervisor.start(
        script("process.exit(1)", {
          listening,
          readyUrl: `http://127.0.0.1:${port}/`,
        }),
      ),
    ).rejects.toThrow(`Port ${port} is in use by another program`);
    other.close();
  }, 20_000);

  it("waits until a service that listens nowhere says that it is ready", async () => {
    await supervisor.start(
      script(
        `setTimeout(() => { require("fs").writeFileSync("ready", ""); process.send("ready"); }, 300); setInterval(() => {}, 1000)`,
        { tellsReady: true },
      ),
    );
    expect(await readFile(join(dataDir, "ready"), "utf8")).toBe("");
  });

  it("fails the start of such a service that ends instead", async () => {
    await expect(
      supervisor.start(
        script(`console.error("no such model"); process.exit(1)`, {
          tellsReady: true,
        }),
      ),
    ).rejects.toThrow(/no such model/);
  }, 20_000);

  it("shows only what the newest start wrote", async () => {
    await writeFile(join(dataDir, "service.log"), "of yesterday\n");
    const failing = supervisor.start(
      script(`console.error("of today"); process.exit(1)`, {
        tellsReady: true,
      }),
    );
    await expect(failing).rejects.toThrow(/of today/);
    await expect(failing).rejects.not.toThrow(/of yesterday/);
  }, 20_000);

  it("starts nothing once it was told to stop", async () => {
    await supervisor.stopAll();
    await supervisor.start(
      script(`require("fs").writeFileSync("started", "")`),
    );
    await expect(readFile(join(dataDir, "started"))).rejects.toThrow(/ENOENT/);
  });

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
