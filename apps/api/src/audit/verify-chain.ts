import { setImmediate } from "node:timers/promises";
import type { DatabaseClient } from "@lung-iris/prisma";
import { readChain, readExtent, readHead } from "./audit.store.ts";
import type { TrailExtent } from "./audit.store.ts";
import { ChainVerifier, readLine, writeLine } from "./chain.ts";
import type { ChainBreak, ChainEnd, ChainEvent, KnownEvent } from "./chain.ts";

export interface Verification {
  ok: boolean;
  /** Events that held, from the first on. */
  count: number;
  /** The last event that held. */
  through: ChainEnd;
  broken: ChainBreak | null;
}

export interface VerifyOptions {
  /** Told every 10,000 events how many held so far. */
  onProgress?: (count: number) => void;
  /** Events that were noted down outside the database. */
  known?: readonly KnownEvent[];
}

/** Where the chain says that it ends. */
export async function readChainHead(client: DatabaseClient): Promise<ChainEnd> {
  const { seq, hash } = await readHead(client);
  return { seq: String(seq), hash };
}

/** Rows a read: a few megabytes, hashed in some 20 ms. */
const CHUNK = 5_000;
const PROGRESS_EVERY = 10_000;

/**
 * The events of the database in order, in stretches. The next one is asked
 * for before this one is handed out, so that the database reads while the
 * caller hashes.
 */
export async function* chainOf(
  client: DatabaseClient,
  through: bigint,
): AsyncGenerator<ChainEvent[]> {
  let next = readChain(client, 0n, through, CHUNK);
  for (;;) {
    const events = await next;
    const last = events.at(-1);
    if (last === undefined) return;
    next = readChain(client, BigInt(last.seq), through, CHUNK);
    next.catch(() => undefined); // shows at the await above, if ever reached
    await setImmediate(); // lets the question leave before the hashing starts
    yield events;
  }
}

/** The chain up to an end as JSON lines, the end itself as the last one. */
export async function* chainLines(
  client: DatabaseClient,
  head: ChainEnd,
): AsyncGenerator<string> {
  for await (const events of chainOf(client, BigInt(head.seq)))
    yield events.map(writeLine).join("");
  yield writeLine({ head });
}

/**
 * Verifies the chain in the database up to the head as it is now; events
 * appended meanwhile do not disturb. Stops at the first that does not hold.
 */
export async function verifyDatabase(
  client: DatabaseClient,
  { onProgress = () => undefined, known = [] }: VerifyOptions = {},
): Promise<Verification> {
  const verifier = new ChainVerifier(known);
  const extent = await readExtent(client);
  const outside = outsideProblem(extent);
  if (outside !== null || extent.head === null)
    return resultOf(verifier, outside);
  const { head } = extent;
  for await (const events of chainOf(client, head.seq)) {
    for (const event of events) {
      const broken = verifier.take(event);
      if (broken !== null) return resultOf(verifier, broken);
      if (verifier.count % PROGRESS_EVERY === 0) onProgress(verifier.count);
    }
  }
  const end = { seq: String(head.seq), hash: head.hash };
  return resultOf(verifier, verifier.finish(end));
}

/** Verifies exported lines; the last one names the head. */
export async function verifyLines(
  lines: AsyncIterable<string>,
  { onProgress = () => undefined, known = [] }: VerifyOptions = {},
): Promise<Verification> {
  const verifier = new ChainVerifier(known);
  let head: ChainEnd | null = null;
  let number = 0;
  for await (const line of lines) {
    number += 1;
    if (line.trim() === "") continue;
    const read = readLine(line);
    if (read === null || head !== null) {
      const problem =
        read === null ? "is not as the export writes it" : "follows the head";
      return resultOf(verifier, {
        seq: String(verifier.count + 1),
        problem: `line ${String(number)} ${problem}`,
      });
    }
    if ("head" in read) {
      head = read.head;
      continue;
    }
    const broken = verifier.take(read.event);
    if (broken !== null) return resultOf(verifier, broken);
    if (verifier.count % PROGRESS_EVERY === 0) onProgress(verifier.count);
  }
  return resultOf(verifier, verifier.finish(head));
}

/** What the walk from the first event to the head would not meet. */
function outsideProblem(extent: TrailExtent): ChainBreak | null {
  const { head, first, last, rows } = extent;
  if (head === null)
    return { seq: "1", problem: "the row that holds the head is missing" };
  if (first !== null && first < 1n)
    return { seq: String(first), problem: "it stands before the first event" };
  if (last !== null && last > head.seq) {
    return {
      seq: String(last),
      problem: `it stands beyond the head, which is at ${String(head.seq)}: added past the chain, or the head was moved back`,
    };
  }
  if (last === null && rows.length > 0) {
    return {
      seq: "1",
      problem: `the trail is empty, but the desk has rows of ${rows.join(", ")}, which leave events when they are made: the trail was deleted`,
    };
  }
  return null;
}

function resultOf(
  verifier: ChainVerifier,
  broken: ChainBreak | null,
): Verification {
  const { count, end } = verifier;
  return { ok: broken === null, count, through: end, broken };
}
