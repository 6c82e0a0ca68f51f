import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { defaultModelDir, trainingPatient } from "@lung-iris/inference";
import { encodePhantomPng, makePhantom } from "@lung-iris/phantom";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { SHIPPED_BARS } from "../../../apps/api/src/features/bars/shipped-bars.ts";
import { memberSplits } from "../../../apps/api/src/features/dataset-files/patient-split.ts";
import { pseudonymsFor } from "../../../apps/api/src/features/dataset-files/pseudonyms.ts";
import { recordedBy } from "../../testkit/audit-trail.ts";
import { chestPng, uploadOne } from "../../testkit/films.ts";
import {
  changeFolder,
  folderCalled,
  type TestManifest,
} from "../../testkit/models.ts";
import { requestJudgement } from "../../testkit/promotions.ts";
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
  untilNoJob,
  type TestWorker,
} from "../../testkit/worker.ts";

/**
 * The job with real folders, real films and the real model. Fewer reference
 * films than are shipped, and no limit of time that a busy machine could miss.
 */
const BARS = {
  phantoms: { ...SHIPPED_BARS.phantoms, films: 24 },
  bars: SHIPPED_BARS.bars.map((bar) => ({
    ...bar,
    ...(bar.measure === "MILLISECONDS" ? { limit: 60_000 } : {}),
    leastFilms: 8,
    leastOfAKind: Math.min(bar.leastOfAKind, 3),
  })),
};

const judgementsSchema = z.object({
  judgements: z.object({
    edges: z.array(
      z.object({
        node: z.object({
          id: z.string(),
          result: z.object({
            verdict: z.string(),
            code: z.string().nullable(),
            detail: z.string().nullable(),
            outcomes: z.array(
              z.object({
                set: z.string(),
                measure: z.string(),
                dimension: z.string(),
                group: z.string(),
                films: z.number(),
                outcome: z.string(),
                blocks: z.boolean(),
              }),
            ),
          }),
        }),
      }),
    ),
  }),
});

/** As many of a kind as a public collection needs to be judged by itself. */
const PUBLIC_FILMS = 16;

let server: TestServer;
let collection: string;
let worker: TestWorker;
let siteId: string;
let admin: SignedIn;
let evergreen: string;
const folders = new Map<string, string>();

/** Moves the calibration of one age group. */
const shifted =
  (group: string, by: number) =>
  ({ findings }: TestManifest): void => {
    for (const { calibration } of findings) {
      const own = calibration[group];
      if (own === undefined) throw new Error(`no calibration of ${group}`);
      own.intercept += by;
    }
  };
/** A hair's breadth from the product's model: as good, but another one. */
const alike = shifted("adult", 0.001);

beforeAll(async () => {
  collection = await aPublicCollection();
  server = await startTestServer({
    films: true,
    config: { referenceFilms: join(collection, "manifest.csv") },
  });
  siteId = (await aSite(server)).id;
  admin = await asAdmin(server, siteId);
  evergreen = await evergreenPatient();
  const pseudonyms = pseudonymsFor(server.config.secret, siteId);
  const candidates: [string, (manifest: TestManifest) => void][] = [
    ["alike", alike],
    ["lost-children", shifted("child", -8)],
    [
      "no-intervals",
      (manifest) => {
        shifted("adult", 0.002)(manifest);
        manifest.metrics = {};
      },
    ],
    [
      "learnt-the-test",
      (manifest) => {
        shifted("adult", 0.003)(manifest);
        const patients = [trainingPatient(pseudonyms.patient(evergreen))];
        manifest.training["recalibration"] = { patients };
      },
    ],
    ["sealed-anew", shifted("adult", 0.004)],
    ["broken", shifted("adult", 0.005)],
  ];
  for (const [id, change] of candidates)
    folders.set(id, await folderCalled(id, change));
  worker = await startTestWorker(server, {
    modelDirs: [defaultModelDir(), ...folders.values()],
  });
  await saveBars();
  // Films that were sent are looked at first; their events are not meant.
  await untilNoJob(server, 280);
}, 300_000);
afterAll(async () => {
  await worker.stop();
  await server.stop();
  for (const folder of folders.values())
    await rm(dirname(folder), { recursive: true });
  await rm(collection, { recursive: true });
});

/** What a folder of public films looks like: a manifest, and no boxes. */
async function aPublicCollection(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "lung-iris-public-"));
  const rows = ["file,split,label,patient_id,age,sex,source"];
  for (let at = 0; at < PUBLIC_FILMS; at += 1) {
    const isSick = at % 2 === 0;
    const film = makePhantom({
      seed: 77_000 + at,
      size: 192,
      ageYears: 50,
      pathology: isSick ? "consolidation" : "none",
    });
    const file = `${String(at)}.png`;
    await writeFile(join(folder, file), await encodePhantomPng(film));
    const label = isSick ? "pneumonia" : "normal";
    rows.push(`${file},adult-val,${label},p${String(at)},50,,collection`);
    // What a model may have learnt from is not asked about.
    rows.push(`${file},train,${label},t${String(at)},50,,collection`);
  }
  await writeFile(join(folder, "manifest.csv"), `${rows.join("\n")}\n`);
  return folder;
}

/** A patient of the site whom the split puts into the test, with a label. */
async function evergreenPatient(): Promise<string> {
  const staff = await asStaff(server, siteId);
  const splitOf = memberSplits(server.config.secret, siteId);
  const { client } = server.database;
  for (let seed = 1; ; seed += 1) {
    const mrn = `MRN-${String(seed)}`;
    const sent = await uploadOne(staff, await chestPng(seed), {
      mrn,
      name: `TEST, Number ${String(seed)}`,
    });
    const row = await client.case.findUniqueOrThrow({
      where: { id: sent.caseId },
    });
    if (splitOf(row.patientId) !== "TEST") continue;
    await labelNormal(row.id);
    return row.patientId;
  }
}

/** A signed case whose label is normal. */
async function labelNormal(caseId: string): Promise<void> {
  const { client } = server.database;
  const { userId: readerId } = await asRadiologist(server, siteId);
  const reading = await client.reading.create({
    data: {
      siteId,
      caseId,
      readerId,
      state: "SIGNED",
      startedAt: server.clock.now(),
    },
  });
  const version = await client.readingVersion.create({
    data: {
      siteId,
      caseId,
      readingId: reading.id,
      readerId,
      version: 1,
      label: "NORMAL",
      decision: "INDEPENDENT",
      signedAt: server.clock.now(),
    },
  });
  await client.caseLabel.create({
    data: {
      siteId,
      caseId,
      version: 1,
      readingVersionId: version.id,
      label: "NORMAL",
      grade: "TWO_AGREE",
      since: server.clock.now(),
    },
  });
}

async function saveBars(): Promise<void> {
  const answer = await admin.execute(
    `mutation ($input: SaveBarsInput!) { saveBars(input: $input) { version } }`,
    {
      input: {
        siteId,
        document: BARS,
        baseVersion: 1,
        reason: "a busy machine",
      },
    },
  );
  answer.anyData();
}

/** What the worker makes of a candidate. */
async function judge(name: string) {
  const { client } = server.database;
  const { id: modelId } = await client.modelVersion.findFirstOrThrow({
    where: { name },
  });
  // The newest is told by when it was asked for.
  server.clock.forward(1);
  const id = await requestJudgement(admin, siteId, modelId);
  await untilNoJob(server, 280);
  const answer = await admin.execute(
    `query ($siteId: ID!) { judgements(siteId: $siteId, first: 1) { edges { node {
      id result { verdict code detail outcomes {
        set measure dimension group films outcome blocks } } } } } }`,
    { siteId },
  );
  const [edge] = judgementsSchema.parse(answer.anyData()).judgements.edges;
  if (edge?.node.id !== id) throw new Error("another judgement is newer");
  return edge.node.result;
}

describe("a judgement", { timeout: 300_000 }, () => {
  it("lets a candidate through that is as good, on every film there is", async () => {
    const { events } = await recordedBy(server, async () => {
      const { verdict, outcomes } = await judge("alike");
      expect(outcomes.filter(({ blocks }) => blocks)).toEqual([]);
      expect(verdict).toBe("PASSED");
      const refused = outcomes.filter(
        ({ measure, dimension }) =>
          measure === "REFUSALS" && dimension === "ALL",
      );
      expect(refused.map(({ set, films }) => [set, films])).toEqual([
        ["REFERENCE", 24 + PUBLIC_FILMS],
        ["EVERGREEN", 1],
      ]);
      const ofCollection = (measure: string) =>
        outcomes.find(
          (one) => one.group === "collection" && one.measure === measure,
        );
      expect(ofCollection("REFUSALS")).toMatchObject({
        dimension: "SOURCE",
        films: PUBLIC_FILMS,
        outcome: "MET",
      });
      // Nobody marked regions there, and nobody is held to that.
      expect(ofCollection("POINTING")).toMatchObject({
        outcome: "NOT_MEASURED",
        blocks: false,
      });
    });
    expect(events).toMatchObject([
      { type: "judgement.requested", actorId: admin.userId },
      { type: "judgement.finished", details: { verdict: "PASSED", missed: 0 } },
    ]);
  });

  it("stops one that loses the children, and names them", async () => {
    const { verdict, outcomes } = await judge("lost-children");
    expect(verdict).toBe("MISSED");
    expect(outcomes).toContainEqual(
      expect.objectContaining({
        measure: "TRIAGE_SENSITIVITY",
        dimension: "AGE",
        group: "child",
        outcome: "MISSED",
        blocks: true,
      }),
    );
    expect(
      outcomes.filter(({ group, blocks }) => group === "adult" && blocks),
    ).toEqual([]);
  });

  it("refuses a card whose figures have no intervals", async () => {
    expect(await judge("no-intervals")).toMatchObject({
      verdict: "REFUSED",
      code: "card-without-intervals",
      outcomes: [],
    });
  });

  it("refuses one that learnt from a patient of the evergreen test", async () => {
    expect(await judge("learnt-the-test")).toMatchObject({
      verdict: "REFUSED",
      code: "evergreen-film-in-training",
      detail: expect.stringContaining("1 patient"),
    });
  });

  it("refuses a folder that is not what was registered, sealed or not", async () => {
    await changeFolder(folderOf("sealed-anew"), shifted("child", 1));
    expect(await judge("sealed-anew")).toMatchObject({
      verdict: "REFUSED",
      code: "model-changed",
    });
    const weights = join(folderOf("broken"), "weights.bin");
    const bytes = await readFile(weights);
    bytes[1_000] = (bytes[1_000] ?? 0) ^ 1;
    await writeFile(weights, bytes);
    expect(await judge("broken")).toMatchObject({
      verdict: "REFUSED",
      code: "model-corrupt",
      detail: expect.stringContaining("the weights of broken have the hash"),
    });
  });
});

function folderOf(id: string): string {
  const folder = folders.get(id);
  if (folder === undefined) throw new Error(`no folder ${id}`);
  return folder;
}
