import { once } from "node:events";
import { access, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort, identityOf } from "@lung-iris/local-postgres";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runLauncher } from "../testkit/launcher.ts";

describe("a start that cannot go on", () => {
  let dataDir: string;
  let other: Server | undefined;
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "lung-iris-refused-"));
  });
  afterEach(async () => {
    other?.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  const start = (environment: Record<string, string>) =>
    runLauncher({ LUNG_IRIS_DATA: dataDir, ...environment });

  it("names the port that another program has, starts nothing, and leaves the folder to the next", async () => {
    const port = await freePort();
    other = createServer().listen(port, "127.0.0.1");
    await once(other, "listening");
    const { code, said, complaint } = await start({
      LUNG_IRIS_WEB_PORT: String(port),
    });
    expect(code).toBe(1);
    expect(said).toBe("");
    expect(complaint).toMatch(/^Port \d+ is in use by another program\. .+$/);
    expect(complaint).toMatch(/LUNG_IRIS_WEB_PORT=\d+ npm start$/);
    await expect(access(join(dataDir, "run.lock"))).rejects.toThrow(/ENOENT/);
  });

  it("leaves a desk alone that runs on the same folder", async () => {
    const lock = JSON.stringify({ ...identityOf(process.pid), id: "first" });
    await writeFile(join(dataDir, "run.lock"), lock);
    const { code, complaint } = await start({});
    expect(code).toBe(1);
    expect(complaint).toContain(`already runs on ${dataDir}`);
    expect(await readFile(join(dataDir, "run.lock"), "utf8")).toBe(lock);
  });

  it("names every setting that it cannot use, in a line each and without a stack", async () => {
    const { code, complaint } = await start({
      LUNG_IRIS_DEMO: "perhaps",
      LUNG_IRIS_DB_PORT: "none",
    });
    expect(code).toBe(1);
    expect(complaint.split("\n")).toHaveLength(3);
    expect(complaint).toContain("LUNG_IRIS_DEMO must be 0 or 1");
  });

  it("says so where the data folder is a file", async () => {
    const file = join(dataDir, "file");
    await writeFile(file, "");
    const { code, complaint } = await start({ LUNG_IRIS_DATA: file });
    expect(code).toBe(1);
    expect(complaint).toMatch(/is not a folder\. Set LUNG_IRIS_DATA/);
  });
});
