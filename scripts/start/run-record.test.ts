import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { RunRecord } from "./run-record.ts";

const silent = () => undefined;

describe("the record of a run", () => {
  let dataDir: string;

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "lung-iris-run-"));
  });
  afterEach(() => rm(dataDir, { recursive: true, force: true }));

  function sleeper() {
    const child = spawn("sleep", ["60"], { detached: true, stdio: "ignore" });
    if (child.pid === undefined) throw new Error("sleep did not start");
    return { pid: child.pid, exited: once(child, "exit") };
  }

  it("refuses a second start on the same data while the first lives", async () => {
    await RunRecord.take(dataDir, silent);
    await expect(RunRecord.take(dataDir, silent)).rejects.toThrow(
      /already runs/,
    );
  });

  it("lets the next start in once the first has released it", async () => {
    const first = await RunRecord.take(dataDir, silent);
    await first.release();
    await expect(RunRecord.take(dataDir, silent)).resolves.toBeDefined();
  });

  it.runIf(process.platform === "linux")(
    "ends what a killed launcher left behind, and nobody who only has the same number",
    async () => {
      const leftOver = sleeper();
      const stranger = sleeper();
      const record = await RunRecord.take(dataDir, silent);
      await record.add("worker", leftOver.pid);
      const text = await readRecord();
      // The launcher is gone; the stranger got the number of a former child.
      const gone = { pid: process.pid, startedAt: "1", id: "x" };
      await writeFile(join(dataDir, "run.lock"), JSON.stringify(gone));
      text.children.push({ name: "api", pid: stranger.pid, startedAt: "1" });
      await writeFile(join(dataDir, "run.json"), JSON.stringify(text));

      const said: string[] = [];
      await RunRecord.take(dataDir, (line) => said.push(line));

      await leftOver.exited;
      expect(said.join()).toContain(`worker (${leftOver.pid})`);
      expect(() => process.kill(stranger.pid, 0)).not.toThrow();
      process.kill(stranger.pid, "SIGKILL");
      await stranger.exited;
    },
  );

  it("keeps every process of services that start side by side", async () => {
    const record = await RunRecord.take(dataDir, silent);
    const names = ["api", "worker", "web"];
    await Promise.all(names.map((name) => record.add(name, process.pid)));
    const { children } = await readRecord();
    expect(children.map(({ name }) => name)).toEqual(names);
  });

  it("starts anew after a record that a power failure cut short", async () => {
    await writeFile(join(dataDir, "run.lock"), "");
    await writeFile(join(dataDir, "run.json"), '{"children":[{"na');
    await expect(RunRecord.take(dataDir, silent)).resolves.toBeDefined();
  });

  it("lets exactly one of several starts in, also over a stale record", async () => {
    const gone = { pid: process.pid, startedAt: "1", id: "x" };
    await writeFile(join(dataDir, "run.lock"), JSON.stringify(gone));
    const starts = await Promise.allSettled(
      Array.from({ length: 5 }, () => RunRecord.take(dataDir, silent)),
    );
    const statuses = starts.map(({ status }) => status).toSorted();
    expect(statuses).toEqual([
      "fulfilled",
      ...Array.from({ length: 4 }, () => "rejected"),
    ]);
  });

  it("kills every child that still runs when asked to", async () => {
    const child = sleeper();
    const record = await RunRecord.take(dataDir, silent);
    await record.add("build", child.pid);
    record.killAll();
    await child.exited;
  });

  interface Entry {
    name: string;
    pid: number;
    startedAt: string;
  }

  async function readRecord() {
    const text = await readFile(join(dataDir, "run.json"), "utf8");
    // Written by the class under test in the line before.
    return JSON.parse(text) as { children: Entry[] };
  }
});
