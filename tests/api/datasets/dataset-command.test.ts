import { createHash } from "node:crypto";
import { mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { datasetCommand } from "../../../apps/api/src/dataset-command/dataset-command.ts";
import { hashPassword } from "../../../apps/api/src/features/passwords/password.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import { aSite, asRadiologist } from "../../testkit/viewers.ts";
import { startTestWorker, type TestWorker } from "../../testkit/worker.ts";
import { readZip } from "../../testkit/zip.ts";
import { signedFilms } from "./signed-films.ts";

const EMAIL = "dataset@test.example";
const PASSWORD = "a long password of the tests";

describe("npm run dataset", () => {
  let server: TestServer;
  let worker: TestWorker;
  let folder: string;

  beforeAll(async () => {
    server = await startTestServer({ films: true });
    worker = await startTestWorker(server);
    const { id: siteId } = await aSite(server);
    await server.database.client.user.create({
      data: {
        email: EMAIL,
        name: "Exporter",
        role: "ADMIN",
        passwordHash: await hashPassword(PASSWORD),
        sites: { create: { siteId } },
      },
    });
    await signedFilms(server, siteId, await asRadiologist(server, siteId));
    folder = await mkdtemp(join(tmpdir(), "lung-iris-dataset-"));
  }, 300_000);
  afterAll(async () => {
    await worker.stop();
    await server.stop();
    await rm(folder, { recursive: true });
  });

  async function run(args: string[]) {
    const out: string[] = [];
    const err: string[] = [];
    await datasetCommand(
      args,
      { defaultUrl: server.address, email: EMAIL, password: PASSWORD },
      {
        out: { write: (text) => out.push(text) },
        err: { write: (text) => err.push(text) },
        signal: new AbortController().signal,
      },
    );
    return { out: out.join(""), err: err.join("") };
  }

  it("brings what the filters take, held to its hash, and tells how far it is", async () => {
    const file = join(folder, "sick.zip");
    const { out, err } = await run([
      ...["--out", file, "--label", "pneumonia"],
      ...["--age-from", "90", "--from", "2026-01-01"],
    ]);
    const zip = await readFile(file);
    const sha256 = createHash("sha256").update(zip).digest("hex");
    expect(out).toBe(`${sha256}  ${file}\n`);
    expect(err).toContain("of 1 films");
    const lines = readZip(zip).get("manifest.csv")?.toString().trim();
    expect(lines?.split("\n")).toHaveLength(2);
    const dataset = await server.database.client.dataset.findFirstOrThrow();
    expect(dataset).toMatchObject({ name: "sick", sha256 });
    expect(await readdir(folder)).toEqual(["sick.zip"]);
  });

  it("chooses by reader and quality, and writes as the page does", async () => {
    const { client } = server.database;
    const { readerId } = await client.readingVersion.findFirstOrThrow();
    const file = join(folder, "whole.zip");
    await run([
      ...["--out", file, "--reader", readerId, "--without-notes"],
      ...["--picture-text", "blank", "--dicom", "removed"],
    ]);
    const names = [...readZip(await readFile(file)).keys()];
    expect(names.filter((name) => name.endsWith(".dcm"))).not.toEqual([]);
    const { filter, format } = await client.dataset.findFirstOrThrow({
      where: { name: "whole" },
    });
    expect(filter).toMatchObject({ readers: [readerId], withoutNotes: true });
    expect(format).toEqual({ pictureText: "BLANK", dicom: "REMOVED" });
    await rm(file);
    await expect(run(["--out", file, "--dicom", "everything"])).rejects.toThrow(
      "--dicom is none or removed or shifted.",
    );
  });

  it("overwrites nothing, and says what the desk refuses", async () => {
    const file = join(folder, "mine.zip");
    await writeFile(file, "mine");
    await expect(run(["--out", file])).rejects.toThrow("is there already");
    expect(await readFile(file, "utf8")).toBe("mine");
    const other = join(folder, "none.zip");
    await expect(run(["--out", other, "--age-to", "1"])).rejects.toThrow(
      "No signed case fits this choice.",
    );
    await expect(run(["--out", other, "--from", "2026-02-30"])).rejects.toThrow(
      "takes a day",
    );
    await expect(run(["--out", other, "--grade", "BEST"])).rejects.toThrow(
      /BEST/,
    );
    await expect(run([])).rejects.toThrow("--out");
  });

  it("keeps nothing of what came damaged", async () => {
    const { client } = server.database;
    const file = join(folder, "damaged.zip");
    // As if a byte had turned on the way: the desk says another hash.
    await client.$executeRaw`CREATE FUNCTION other_hash() RETURNS trigger AS
      'BEGIN NEW."sha256" := repeat(''0'', 64); RETURN NEW; END' LANGUAGE plpgsql`;
    await client.$executeRaw`CREATE TRIGGER other_hash BEFORE UPDATE ON "Dataset"
      FOR EACH ROW WHEN (NEW."state" = 'READY') EXECUTE FUNCTION other_hash()`;
    await expect(run(["--out", file])).rejects.toThrow("is damaged");
    expect(await readdir(folder)).not.toContain("damaged.zip");
    expect(await readdir(folder)).not.toContain("damaged.zip.part");
  });
});
