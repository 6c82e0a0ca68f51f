import { z } from "zod";
import type { Clock } from "../../apps/api/src/platform/clock.ts";
import type { TestServer } from "./server.ts";
import type { SignedIn } from "./viewers.ts";

const JUDGE = `mutation ($siteId: ID!, $id: ID!) {
  judgeCandidate(siteId: $siteId, modelVersionId: $id) { id } }`;
const PROPOSE = `mutation ($input: ProposePromotionInput!) {
  proposePromotion(input: $input) { id } }`;
const APPROVE = `mutation ($input: DecidePromotionInput!) {
  approvePromotion(input: $input) { id } }`;

/** A test's own server or a whole desk. */
type AnyServer = Pick<TestServer, "database"> & { clock: Clock };

const idOf = (answer: unknown): string => {
  const [made] = Object.values(
    z.record(z.string(), z.object({ id: z.string() })).parse(answer),
  );
  if (made === undefined) throw new Error("nothing was made");
  return made.id;
};

/** Asks for a judgement, which a worker then does. */
export async function requestJudgement(
  admin: SignedIn,
  siteId: string,
  modelVersionId: string,
): Promise<string> {
  const variables = { siteId, id: modelVersionId };
  return idOf((await admin.execute(JUDGE, variables)).anyData());
}

/** Has a candidate judged, with what came of it as a worker writes it. */
export async function judged(
  server: AnyServer,
  admin: SignedIn,
  siteId: string,
  modelVersionId: string,
  verdict: "PASSED" | "MISSED" | null = "PASSED",
): Promise<string> {
  const id = await requestJudgement(admin, siteId, modelVersionId);
  // What the bars make of real films has tests of its own.
  if (verdict !== null)
    await server.database.client.judgementResult.createMany({
      skipDuplicates: true,
      data: {
        judgementId: id,
        verdict,
        document: { outcomes: [], changes: [], engine: null },
        finishedAt: server.clock.now(),
      },
    });
  return id;
}

/** A proposal on a judgement, which waits for the second person. */
export async function proposed(
  admin: SignedIn,
  judgementId: string,
  trainedBy: readonly string[] = [],
): Promise<string> {
  const input = { judgementId, trainedBy, reason: "measured better" };
  return idOf((await admin.execute(PROPOSE, { input })).anyData());
}

/** Makes a candidate live at a site the way it goes: by two people. */
export async function promotedByTwo(
  server: AnyServer,
  [first, second]: readonly [SignedIn, SignedIn],
  siteId: string,
  modelVersionId: string,
): Promise<string> {
  const judgementId = await judged(server, first, siteId, modelVersionId);
  const promotionId = await proposed(first, judgementId);
  const input = { promotionId, reason: "seen and agreed" };
  (await second.execute(APPROVE, { input })).anyData();
  return promotionId;
}
