/**
 * Out of the desk and into `npm run evaluate` and `npm run train`: what the
 * commands say of an export must be what the database says.
 */
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { LEADING_FINDING } from "../../../apps/api/src/features/findings/finding-catalogue.ts";
import { chestDicom, uploadOne } from "../../testkit/films.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import {
  aSite,
  asAdmin,
  asRadiologist,
  asStaff,
  type SignedIn,
} from "../../testkit/viewers.ts";
import {
  startTestWorker,
  until,
  untilAssessed,
  type TestWorker,
} from "../../testkit/worker.ts";
import { readZip } from "../../testkit/zip.ts";
import { sign } from "./signed-films.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const FILMS = 16;
const LABELS = ["PNEUMONIA", "NORMAL", "NORMAL", "OTHER"] as const;
const run = promisify(execFile);

const figure = z.object({ value: z.number() }).nullable();
const measures = z.object({
  n: z.number(),
  positives: z.number(),
  refused: z.number(),
  accuracy: figure,
  sensitivity: figure,
  brier: figure,
});
const evaluationSchema = z.object({
  overall: measures,
  bySource: z.record(z.string(), measures),
  bySex: z.record(z.string(), measures),
});

describe("an export, unpacked", () => {
  let server: TestServer;
  let worker: TestWorker;
  let siteId: string;
  let admin: SignedIn;
  let folder: string;
  let datasetId: string;

  beforeAll(async () => {
    server = await startTestServer({ films: true });
    worker = await startTestWorker(server);
    siteId = (await aSite(server)).id;
    admin = await asAdmin(server, siteId);
    folder = await mkdtemp(join(tmpdir(), "lung-iris-round-trip-"));
    const reader = await asRadiologist(server, siteId);
    const staff = await asStaff(server, siteId);
    const drawn = Array.from({ length: FILMS }, (_, at) =>
      chestDicom(
        at + 1,
        {
          familyName: `Round${String(at)}`,
          givenName: "Trip",
          id: `RT-${String(at)}`,
          sex: at % 2 === 0 ? "F" : "M",
          ageYears: at % 5 === 0 ? 7 : 50 + at,
        },
        { bitsStored: 12 },
      ),
    );
    const films: { caseId: string; imageId: string }[] = [];
    for (const bytes of drawn) films.push(await uploadOne(staff, bytes));
    await untilAssessed(server);
    for (const [at, { caseId, imageId }] of films.entries())
      await sign(server, reader, caseId, imageId, LABELS[at % 4] ?? "OTHER");
    datasetId = await unpackedExport();
  }, 240_000);

  afterAll(async () => {
    await worker.stop();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function unpackedExport(): Promise<string> {
    const answer = await admin.execute(
      `mutation ($site: ID!) { createDataset(name: "All", filter: { siteId: $site }) { id } }`,
      { site: siteId },
    );
    const { id } = answer.data(
      z.object({ createDataset: z.object({ id: z.string() }) }),
    ).createDataset;
    await until(async () => {
      const row = await server.database.client.dataset.findUniqueOrThrow({
        where: { id },
      });
      if (row.state === "FAILED") throw new Error(row.error ?? "failed");
      return row.state === "READY";
    }, "the export does not end");
    const zip = await admin.fetch(`/datasets/${id}/download`);
    for (const [path, bytes] of readZip(Buffer.from(await zip.arrayBuffer()))) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), bytes);
    }
    return id;
  }

  /** Members with what the product said of them, straight from the tables. */
  const members = () =>
    server.database.client.datasetMember.findMany({
      where: { datasetId },
      include: {
        label: true,
        image: {
          include: { predictions: { include: { findings: true } } },
        },
      },
    });

  const manifest = () => join(folder, "manifest.csv");
  const command = (name: string, args: readonly string[]) =>
    run(
      process.execPath,
      ["--import", "tsx", `packages/inference/bin/${name}.ts`, ...args],
      { cwd: ROOT, maxBuffer: 64 * 1024 * 1024 },
    );

  it("is read by npm run evaluate, whose figures are those of the product", async () => {
    const rows = await members();
    const splits = [...new Set(rows.map(({ split }) => split.toLowerCase()))];
    const { stdout } = await command("evaluate", [
      ...["--manifest", manifest(), "--split", splits.join(",")],
    ]);
    const { overall, bySource, bySex } = evaluationSchema.parse(
      JSON.parse(stdout),
    );
    const answers = rows
      .filter(({ label }) => label.label !== "OTHER")
      .map(({ label, image }) => {
        const [said] = image.predictions
          .flatMap(({ findings }) => findings)
          .filter(({ code }) => code === LEADING_FINDING);
        if (!said) throw new Error("a film without an answer");
        const truth = label.label === "PNEUMONIA";
        return { truth, ...said };
      });
    const share = (hits: number, of: number) => hits / of;
    const sick = answers.filter(({ truth }) => truth);
    const isPositive = (row: (typeof answers)[number]) =>
      row.probability >= row.ownThreshold;
    expect(overall).toMatchObject({
      n: 12,
      positives: 4,
      refused: 0,
    });
    expect(overall.accuracy?.value).toBeCloseTo(
      share(
        answers.filter((row) => isPositive(row) === row.truth).length,
        answers.length,
      ),
    );
    expect(overall.sensitivity?.value).toBeCloseTo(
      share(sick.filter(isPositive).length, sick.length),
    );
    const brier =
      answers.reduce(
        (sum, { truth, probability }) =>
          sum + (probability - Number(truth)) ** 2,
        0,
      ) / answers.length;
    // Probabilities themselves, through a PNG and back: the same to 3 digits.
    expect(overall.brier?.value).toBeCloseTo(brier, 3);
    expect(Object.keys(bySource)).toEqual([
      expect.stringMatching(/^s-[0-9a-f]{16}$/),
    ]);
    expect(Object.keys(bySex)).toEqual(["F", "M"]);
  }, 300_000);

  it("stands in the splits of the members, and of each split alone", async () => {
    const rows = await members();
    const lines = (await readFile(manifest(), "utf8")).trimEnd().split("\n");
    const [header, ...table] = lines.map((line) => line.split(","));
    const column = (name: string) => header?.indexOf(name) ?? -1;
    expect(table).toHaveLength(FILMS);
    for (const split of ["train", "val", "test"]) {
      const inSplit = table.filter((row) => row[column("split")] === split);
      expect(inSplit).toHaveLength(
        rows.filter((row) => row.split.toLowerCase() === split).length,
      );
      for (const row of inSplit)
        expect(row[column("may_train")]).toBe(split === "train" ? "yes" : "no");
    }
  });

  it("is read by npm run train, to whom the evergreen test is closed", async () => {
    const { stderr } = await command("train", [
      ...["--manifest", manifest(), "--from", join(folder, "no-model")],
      ...["--not-chest", folder, "--out", join(folder, "model")],
      ...["--set", JSON.stringify({ name: `rt-${String(process.pid)}` })],
    ]).catch((error: unknown) =>
      // It ends for want of weights to start from, or of an engine to train.
      z.object({ stderr: z.string() }).parse(error),
    );
    const splits = (await members()).map(({ split }) => split);
    const count = (wanted: string) =>
      splits.filter((split) => split === wanted).length;
    expect(stderr).toContain(
      `train: ${String(count("TRAIN"))} of ${String(FILMS - count("TEST"))} films to learn from`,
    );
    if (count("TEST") > 0)
      expect(stderr).toContain(
        `${String(count("TEST"))} films of the evergreen test`,
      );
  }, 300_000);
});
