import type { DatabaseClient } from "@lung-iris/prisma";
import { z } from "zod";

/** Several API processes on one database, and readers with a session each. */
export interface RaceDesk {
  addresses: readonly string[];
  readers: readonly { id: string; token: string }[];
  caseIds: readonly string[];
  client: DatabaseClient;
}

/** What a race came to; everything but the first three must be empty or zero. */
export interface RaceTally {
  operations: number;
  /** Operations that were given a case. */
  given: number;
  /** Expected refusals: somebody else was faster. */
  tooLate: number;
  /** Refusals and errors that no race explains, the first of them. */
  unexpected: string[];
  /** Events by which a case would be held by two, or taken from another than its holder. */
  heldByTwo: number;
  /** Answers without an event of that reader and case. */
  withoutEvent: number;
  /** Events beyond the answers of that reader and case. */
  withoutAnswer: number;
  /** Cases whose row or open readings are not what the trail says. */
  lost: number;
}

const NEXT = `mutation { claimNextCase { id } }`;
const CLAIM = `mutation ($id: ID!) { claimCase(caseId: $id) { id } }`;
const TAKE = `mutation ($id: ID!) {
  takeOverCase(caseId: $id, reason: "Shift ends") { id } }`;
const RELEASE = `mutation ($id: ID!) { releaseCase(caseId: $id) { id } }`;

/** Somebody else was faster. */
const TOO_LATE = new Set(["CASE_CLAIMED_BY_ANOTHER", "CASE_NOT_CLAIMED"]);
/** Of what was given, the share that is put back so that some wait. */
const PUT_BACK = 0.9;

const answerSchema = z.object({
  data: z.record(z.string(), z.object({ id: z.string() }).nullable()).nullish(),
  errors: z
    .array(z.object({ extensions: z.object({ code: z.string() }) }))
    .optional(),
});

/**
 * Has every reader ask for the next case, claim cases and take them over, as
 * fast as the processes answer, all at once; then holds the trail, the rows
 * and the answers against each other.
 *
 * @param random 0 to 1, by which the operations and cases are chosen.
 */
export async function raceForCases(
  desk: RaceDesk,
  operations: number,
  random: () => number,
  onOperation: (done: number) => void = () => undefined,
): Promise<RaceTally> {
  const answers = new Map<string, number>();
  const tally = { given: 0, tooLate: 0 };
  const unexpected: string[] = [];
  let started = 0;
  const lane = async (reader: RaceDesk["readers"][number], at: number) => {
    const address = desk.addresses[at % desk.addresses.length] ?? "";
    const ask = async (query: string, id?: string) => {
      const { code, caseId } = await send(address, reader.token, query, id);
      if (code === null) return caseId;
      if (TOO_LATE.has(code)) tally.tooLate += 1;
      else if (unexpected.length < 10) unexpected.push(code);
      return null;
    };
    while (started < operations) {
      started += 1;
      onOperation(started);
      const die = random();
      const id = desk.caseIds[Math.trunc(random() * desk.caseIds.length)] ?? "";
      const caseId =
        die < 0.5 ? await ask(NEXT) : await ask(die < 0.75 ? CLAIM : TAKE, id);
      if (caseId === null) continue;
      tally.given += 1;
      const key = `${caseId} ${reader.id}`;
      answers.set(key, (answers.get(key) ?? 0) + 1);
      if (random() < PUT_BACK) await ask(RELEASE, caseId);
    }
  };
  await Promise.all(desk.readers.map(lane));
  const held = await heldBy(desk.client, answers);
  return {
    operations,
    ...tally,
    unexpected,
    heldByTwo: held.heldByTwo,
    withoutEvent: held.withoutEvent,
    withoutAnswer: held.withoutAnswer,
    lost: await countLost(desk, held.holders),
  };
}

async function send(
  address: string,
  token: string,
  query: string,
  id: string | undefined,
): Promise<{ code: string | null; caseId: string | null }> {
  const response = await fetch(`${address}/graphql`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      authorization: `Bearer ${token}`,
    },
    body: JSON.stringify({ query, variables: id === undefined ? {} : { id } }),
  });
  const { data, errors } = answerSchema.parse(await response.json());
  const code = errors?.[0]?.extensions.code ?? null;
  const [row] = Object.values(data ?? {});
  return { code, caseId: row?.id ?? null };
}

/** Who holds what by the trail, walked from its start. */
async function heldBy(client: DatabaseClient, answers: Map<string, number>) {
  const events = await client.auditEvent.findMany({
    where: {
      type: { in: ["case.claimed", "case.taken-over", "case.released"] },
    },
    orderBy: { seq: "asc" },
    select: { type: true, subjectId: true, actorId: true, content: true },
  });
  const holders = new Map<string, string>();
  const seen = new Map<string, number>();
  let heldByTwo = 0;
  for (const { type, subjectId, actorId, content } of events) {
    const holder = holders.get(subjectId);
    if (type === "case.released") {
      if (holder !== actorId) heldByTwo += 1;
      holders.delete(subjectId);
      continue;
    }
    const isTaken = type === "case.taken-over";
    const from = isTaken ? takenFrom(content) : undefined;
    if (holder !== from) heldByTwo += 1;
    holders.set(subjectId, actorId);
    const key = `${subjectId} ${actorId}`;
    seen.set(key, (seen.get(key) ?? 0) + 1);
  }
  let withoutEvent = 0;
  for (const key of answers.keys()) if (!seen.has(key)) withoutEvent += 1;
  let withoutAnswer = 0;
  for (const [key, count] of seen)
    withoutAnswer += Math.max(0, count - (answers.get(key) ?? 0));
  return { holders, heldByTwo, withoutEvent, withoutAnswer };
}

const takeOverSchema = z.object({
  details: z.object({ from: z.string().nullable() }),
});

function takenFrom(content: string): string | undefined {
  return (
    takeOverSchema.parse(JSON.parse(content) as unknown).details.from ??
    undefined
  );
}

/** Cases that are gone, or held otherwise than the trail says. */
async function countLost(
  { client, caseIds }: RaceDesk,
  holders: ReadonlyMap<string, string>,
): Promise<number> {
  const rows = await client.case.findMany({
    where: { id: { in: [...caseIds] } },
    select: { id: true, state: true, claimedById: true },
  });
  const open = await client.$queryRaw<{ caseId: string; readers: string[] }[]>`
    SELECT "caseId", array_agg("readerId"::text) AS "readers" FROM "Reading"
    WHERE "leaseExpiresAt" IS NOT NULL GROUP BY "caseId"`;
  const readers = new Map(open.map((row) => [row.caseId, row.readers]));
  const wrong = rows.filter(({ id, state, claimedById }) => {
    const holder = holders.get(id) ?? null;
    const isState = state === (holder === null ? "WAITING" : "READING");
    const reading = (readers.get(id) ?? []).join();
    return !isState || claimedById !== holder || reading !== (holder ?? "");
  });
  return caseIds.length - rows.length + wrong.length;
}
