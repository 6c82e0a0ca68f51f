import { setTimeout as sleep } from "node:timers/promises";
import type { DatabaseClient } from "@lung-iris/prisma";
import type { Logger } from "pino";
import { systemClock, type Clock } from "./clock.ts";

const COMPARE_EVERY_MS = 60_000;
/** A difference that people would notice in a lease or an event. */
const WORTH_TELLING_MS = 5_000;

export interface DatabaseClock extends Clock {
  stop(): void;
}

type Asked = Pick<DatabaseClient, "$queryRaw">;

/**
 * The database's time for a command of some minutes: compared once, then this
 * machine's own clock counts on.
 *
 * @param local the machine's own; another one in tests
 */
export async function readDatabaseClock(
  client: Asked,
  local: Clock = systemClock,
): Promise<Clock> {
  const offsetMs = await offsetOf(client, local);
  return { now: () => new Date(local.now().getTime() + offsetMs) };
}

/** How far the database's clock is before the local one. */
async function offsetOf(client: Asked, local: Clock): Promise<number> {
  const before = local.now().getTime();
  const [row] = await client.$queryRaw<{ now: Date }[]>`
    SELECT clock_timestamp() AS "now"`;
  const after = local.now().getTime();
  if (row === undefined) throw new Error("the database told no time");
  return row.now.getTime() - (before + after) / 2;
}

/**
 * The database's time, which all processes on all machines share. A machine
 * whose clock is a day ahead would otherwise lock a case for a day, end
 * everybody's session and put its events into the future. Between two
 * comparisons the machine's own clock counts on; while the database is away,
 * the last comparison holds.
 */
export async function createDatabaseClock(options: {
  client: Asked;
  log: Logger;
  /** The machine's own; another one in tests. */
  local?: Clock;
}): Promise<DatabaseClock> {
  const { client, log, local = systemClock } = options;
  const stopped = new AbortController();
  let offsetMs = 0;
  const compare = async (): Promise<void> => {
    const found = await offsetOf(client, local);
    if (Math.abs(found - offsetMs) > WORTH_TELLING_MS)
      log.warn(
        { secondsAhead: Math.round(-found / 1_000) },
        "this machine's clock differs from the database's, which counts",
      );
    offsetMs = found;
  };
  const keepComparing = async (): Promise<void> => {
    for (;;) {
      await sleep(COMPARE_EVERY_MS, undefined, {
        signal: stopped.signal,
        ref: false,
      });
      await compare().catch(() => undefined); // the next minute tries again
    }
  };
  // A database that is not there yet: the machine's clock until it is.
  await compare().catch(() => undefined);
  keepComparing().catch(() => undefined); // stopped
  return {
    now: () => new Date(local.now().getTime() + offsetMs),
    stop: () => stopped.abort(),
  };
}
