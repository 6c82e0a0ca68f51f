import { createHash, randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import { defaultModelDir } from "@lung-iris/inference";
import { encodePhantomPng, makePhantom } from "@lung-iris/phantom";
import type { Dataset, ModelVersion, TrainingState } from "@lung-iris/prisma";
import { z } from "zod";
import { DatasetArchive } from "../../apps/api/src/features/dataset-files/dataset-archive.ts";
import {
  manifestCsv,
  type ManifestFilm,
} from "../../apps/api/src/features/dataset-files/manifest-csv.ts";
import { memberSplits } from "../../apps/api/src/features/dataset-files/patient-split.ts";
import { createLogger } from "../../apps/api/src/logger.ts";
import { createTrainer, type DeskTrainer } from "../../apps/api/src/trainer.ts";
import { aDecidedCase } from "./decided.ts";
import type { Scenario } from "./scenario.ts";
import type { TestServer } from "./server.ts";
import type { SignedIn } from "./viewers.ts";

const SIDE = 256;

/** Films of made-up people, half of them with pneumonia, as an export has them. */
export async function exportOf(films: number): Promise<Buffer> {
  const archive = new DatasetArchive();
  const chunks: Buffer[] = [];
  const read = (async () => {
    for await (const chunk of archive.output) chunks.push(chunk as Buffer);
  })();
  const rows: ManifestFilm[] = [];
  for (let seed = 0; seed < films; seed += 1) {
    const isSick = seed % 2 === 0;
    const phantom = makePhantom({
      seed: 40_000 + seed,
      width: SIDE,
      height: SIDE,
      ageYears: 50,
      pathology: isSick ? "consolidation" : "none",
    });
    const file = `images/i-${seed.toString(16).padStart(16, "0")}.png`;
    await archive.add(file, await encodePhantomPng(phantom));
    rows.push({
      file,
      split: seed % 7 === 6 ? "test" : "train",
      label: isSick ? "PNEUMONIA" : "NORMAL",
      grade: "ONE_BLIND",
      source: "s-test",
      patient: `p-${String(seed)}`,
      ageYears: 50,
      sex: "FEMALE",
      view: "PA",
      findings: [],
      doubtful: [],
      boxes: [],
      width: SIDE,
      height: SIDE,
    });
  }
  await archive.add("manifest.csv", manifestCsv(rows));
  await archive.addChecksums();
  await archive.finish();
  await read;
  return Buffer.concat(chunks);
}

/**
 * A decided case of a patient of a split, whose keyed hash nobody chooses: ids
 * are tried until one falls into it. No patient of another split is left, as
 * the desk would look for his film's bytes when it judges.
 */
export async function aCaseOfSplit(
  server: TestServer,
  at: { siteId: string; readerId: string },
  split: "TRAIN" | "TEST",
): Promise<Scenario> {
  const splitOf = memberSplits(server.config.secret, at.siteId);
  let id = randomUUID();
  while (splitOf(id) !== split) id = randomUUID();
  const of = await server.database.client.patient.create({
    data: { id, siteId: at.siteId, mrn: id, name: "OF A SPLIT" },
  });
  return aDecidedCase(server, at, 0.8, { label: "PNEUMONIA", of });
}

/** A finished dataset with these bytes, and these cases as its members. */
export async function aFrozenDataset(
  server: TestServer,
  owner: { siteId: string; userId: string },
  archive: Buffer,
  members: readonly { made: Scenario; split: "TRAIN" | "TEST" }[],
): Promise<Dataset> {
  const { client } = server.database;
  const { siteId, userId } = owner;
  const sha256 = createHash("sha256").update(archive).digest("hex");
  const objectKey = `datasets/${sha256}.zip`;
  const staged = await server.objectStore.stage(Readable.from([archive]));
  await staged.commit(objectKey);
  const dataset = await client.dataset.create({
    data: {
      siteId,
      createdById: userId,
      name: "Frozen",
      filter: { siteId },
      state: "READY",
      total: members.length,
      done: members.length,
      objectKey,
      sha256,
      bytes: archive.length,
    },
  });
  for (const { made, split } of members) {
    const label = await client.caseLabel.findFirstOrThrow({
      where: { caseId: made.case.id },
    });
    await client.datasetMember.create({
      data: {
        datasetId: dataset.id,
        caseId: made.case.id,
        imageId: made.image.id,
        labelId: label.id,
        split,
      },
    });
  }
  return dataset;
}

/** The real trainer beside a test server, on wasm. */
export function startTestTrainer(
  server: TestServer,
  name = "test trainer",
  config: Partial<TestServer["config"]> = {},
): Promise<DeskTrainer> {
  return createTrainer({
    config: { ...server.config, ...config },
    client: server.appDatabase.client,
    clock: server.clock,
    logger: createLogger("error", {
      write: (line) => server.logLines.push(line),
    }),
    objectStore: server.objectStore,
    modelDirs: [defaultModelDir()],
    name,
  });
}

/** Settings that take seconds. */
export const QUICK = {
  steps: 12,
  evaluateEvery: 4,
  batch: 8,
  looks: 1,
  phantoms: 8,
  engine: "wasm",
};

export const START = `mutation ($input: StartTrainingInput!) { startTraining(input: $input) { id state } }`;

/** Asks for a run and gives its id. */
export async function startRun(
  admin: SignedIn,
  input: Record<string, unknown>,
): Promise<string> {
  const answer = await admin.execute(START, {
    input: { kind: "FINE_TUNE", barsVersion: 1, seed: 7, ...input },
  });
  return answer.data(z.object({ startTraining: z.object({ id: z.string() }) }))
    .startTraining.id;
}

/** Tells a run to do something; the state after. */
export async function tell(
  admin: SignedIn,
  command: "pauseTraining" | "resumeTraining" | "stopTraining",
  id: string,
): Promise<unknown> {
  const answer = await admin.execute(
    `mutation ($id: ID!) { ${command}(id: $id) { state } }`,
    { id },
  );
  return Object.values(answer.anyData())[0];
}

/** Where a run stands, by the database. */
export async function stateOf(
  server: TestServer,
  id: string,
): Promise<TrainingState> {
  const { state } = await server.database.client.trainingRun.findUniqueOrThrow({
    where: { id },
    select: { state: true },
  });
  return state;
}

/** A run that is over and made a candidate, as a trainer leaves it. */
export async function madeByRun(
  server: TestServer,
  of: {
    siteId: string;
    admin: SignedIn;
    base: ModelVersion;
    candidate: ModelVersion;
    /** Those in force unless told otherwise. */
    barsId?: string;
  },
): Promise<string> {
  const { client } = server.database;
  const { siteId, admin, base, candidate } = of;
  const owner = { siteId, userId: admin.userId };
  const bytes = Buffer.from(`not read here: ${randomUUID()}`);
  const dataset = await aFrozenDataset(server, owner, bytes, []);
  const bars = await client.barsVersion.findFirstOrThrow({
    where: of.barsId === undefined ? { siteId } : { id: of.barsId },
    orderBy: { version: "desc" },
  });
  const run = await client.trainingRun.create({
    data: {
      siteId,
      kind: "RECALIBRATE",
      state: "DONE",
      name: candidate.name,
      datasetId: dataset.id,
      datasetSha256: dataset.sha256 ?? "",
      baseId: base.id,
      baseFingerprint: base.fingerprint,
      barsId: bars.id,
      settings: {},
      seed: 7,
      byId: admin.userId,
      byName: "An admin",
      byEmail: admin.email,
      createdAt: server.clock.now(),
      finishedAt: server.clock.now(),
      candidateId: candidate.id,
    },
  });
  return run.id;
}
