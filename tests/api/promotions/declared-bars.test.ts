import { rm } from "node:fs/promises";
import { dirname } from "node:path";
import type { ModelVersion } from "@lung-iris/prisma";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type {
  Bar,
  BarsDocument,
} from "../../../apps/api/src/features/bars/bars-document.ts";
import { SHIPPED_BARS } from "../../../apps/api/src/features/bars/shipped-bars.ts";
import { recordedBy } from "../../testkit/audit-trail.ts";
import { recalibratedFolder, registerBeside } from "../../testkit/models.ts";
import { judged, proposed } from "../../testkit/promotions.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import { madeByRun } from "../../testkit/training.ts";
import { aSite, asAdmin, type SignedIn } from "../../testkit/viewers.ts";

const manifestSchema = z.record(z.string(), z.json()).and(
  z.object({
    findings: z.array(
      z
        .object({
          calibration: z.record(
            z.string(),
            z.object({ intercept: z.number() }).catchall(z.json()),
          ),
        })
        .catchall(z.json()),
    ),
  }),
);

/** What a run's candidate is held to: bars that were declared before it. */
let server: TestServer;
let folder: string;
let live: ModelVersion;
let candidate: ModelVersion;

beforeAll(async () => {
  folder = await recalibratedFolder();
  server = await startTestServer();
  [live, candidate] = await registerBeside(server, folder);
});
afterAll(async () => {
  await server.stop();
  await rm(dirname(folder), { recursive: true });
});

async function place() {
  const siteId = (await aSite(server)).id;
  const first = await asAdmin(server, siteId);
  const second = await asAdmin(server, siteId);
  return { siteId, first, second };
}

let versions = 0;
/** A version like the candidate, a hair's breadth beside it. */
function aVersion(): Promise<ModelVersion> {
  versions += 1;
  const manifest = manifestSchema.parse(structuredClone(candidate.manifest));
  for (const { calibration } of manifest.findings)
    for (const group of Object.values(calibration))
      group.intercept += versions / 1_000;
  const { sha256 } = candidate;
  return server.database.client.modelVersion.create({
    data: { name: `version-${String(versions)}`, sha256, manifest },
  });
}

/** A candidate of its own, as a run of the site made it. */
async function ofARun(at: { siteId: string; first: SignedIn }) {
  const version = await aVersion();
  await madeByRun(server, {
    siteId: at.siteId,
    admin: at.first,
    base: live,
    candidate: version,
  });
  return version.id;
}

/** The shipped bars with the site's own limit of a measure. */
const withLimit = (measure: Bar["measure"], limit: number): BarsDocument => ({
  ...SHIPPED_BARS,
  bars: SHIPPED_BARS.bars.map((bar) =>
    bar.set === "EVERGREEN" && bar.measure === measure
      ? { ...bar, limit }
      : bar,
  ),
});
const LOOSER = withLimit("ECE", 0.5);
const STRICTER = withLimit("ECE", 0.05);

const declare = async (
  by: SignedIn,
  siteId: string,
  document: BarsDocument,
  baseVersion = 1,
) => {
  const answer = await by.execute(
    `mutation ($input: SaveBarsInput!) { saveBars(input: $input) { version } }`,
    { input: { siteId, document, baseVersion, reason: "we want it so" } },
  );
  answer.anyData();
};
const judge = (by: SignedIn, siteId: string, id: string) =>
  by.execute(
    `mutation ($siteId: ID!, $id: ID!) {
      judgeCandidate(siteId: $siteId, modelVersionId: $id) {
        bars { version } declaredBars { version } } }`,
    { siteId, id },
  );
const propose = (by: SignedIn, judgementId: string) =>
  by.execute(
    `mutation ($input: ProposePromotionInput!) {
      proposePromotion(input: $input) { id } }`,
    { input: { judgementId, reason: "better" } },
  );
const approve = (by: SignedIn, promotionId: string) =>
  by.execute(
    `mutation ($input: DecidePromotionInput!) {
      approvePromotion(input: $input) { state } }`,
    { input: { promotionId, reason: "seen" } },
  );

describe("a candidate that a run made", () => {
  it("is not judged again by bars that were loosened after it missed them", async () => {
    const { siteId, first } = await place();
    const id = await ofARun({ siteId, first });
    await judged(server, first, siteId, id, "MISSED");
    await declare(first, siteId, LOOSER);
    const { events } = await recordedBy(server, async () => {
      const refused = await judge(first, siteId, id);
      expect(refused.refusedWith("BARS_LOOSENED").extensions).toMatchObject({
        reason: "bars-loosened-after-run",
        declaredVersion: 1,
        barsVersion: 2,
        looser: ["EVERGREEN ECE limit"],
      });
    });
    expect(events).toEqual([]);
    // What was declared before counts again as soon as it is in force again.
    await declare(first, siteId, SHIPPED_BARS, 2);
    (await judge(first, siteId, id)).anyData();
  });

  it("is judged by later bars that ask no less, and both are told", async () => {
    const { siteId, first } = await place();
    const id = await ofARun({ siteId, first });
    await declare(first, siteId, STRICTER);
    const { events } = await recordedBy(server, async () => {
      expect((await judge(first, siteId, id)).anyData()).toEqual({
        judgeCandidate: {
          bars: { version: 2 },
          declaredBars: { version: 1 },
        },
      });
    });
    expect(events).toMatchObject([
      {
        type: "judgement.requested",
        details: { barsVersion: 2, declaredVersion: 1 },
      },
    ]);
  });

  it("is neither proposed nor approved on a judgement by looser bars", async () => {
    const { siteId, first, second } = await place();
    // A judgement of before there was a run, as former releases allowed any.
    await declare(first, siteId, LOOSER);
    const version = await aVersion();
    const judgementId = await judged(server, first, siteId, version.id);
    const promotionId = await proposed(first, judgementId);
    const shipped = await server.database.client.barsVersion.findFirstOrThrow({
      where: { siteId, version: 1 },
    });
    await madeByRun(server, {
      siteId,
      admin: first,
      base: live,
      candidate: version,
      barsId: shipped.id,
    });
    (await approve(second, promotionId)).refusedWith("BARS_LOOSENED");
    (await propose(first, judgementId)).refusedWith("BARS_LOOSENED");
  });

  it("keeps its judgement where bars were only loosened since, not tightened", async () => {
    const { siteId, first } = await place();
    const id = await ofARun({ siteId, first });
    const judgementId = await judged(server, first, siteId, id);
    await declare(first, siteId, LOOSER);
    (await propose(first, judgementId)).anyData();

    const other = await place();
    const again = await ofARun(other);
    const old = await judged(server, other.first, other.siteId, again);
    await declare(other.first, other.siteId, STRICTER);
    (await propose(other.first, old)).refusedWith("NOT_JUDGED");
  });

  it("is held at another site to what was in force there at the run's time", async () => {
    const { siteId, first } = await place();
    const id = await ofARun({ siteId, first });
    const other = await place();
    server.clock.forward(1_000);
    await declare(other.first, other.siteId, LOOSER);
    (await judge(other.first, other.siteId, id)).refusedWith("BARS_LOOSENED");
  });
});

describe("a candidate that came by hand", () => {
  it("is judged by the bars in force, which is said", async () => {
    const { siteId, first } = await place();
    await declare(first, siteId, LOOSER);
    expect((await judge(first, siteId, candidate.id)).anyData()).toEqual({
      judgeCandidate: { bars: { version: 2 }, declaredBars: null },
    });
  });
});
