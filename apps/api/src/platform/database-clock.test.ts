import { describe, expect, it } from "vitest";
import { createLogger } from "../logger.ts";
import { createDatabaseClock, readDatabaseClock } from "./database-clock.ts";

const DAY_MS = 24 * 3_600_000;

/** Answers the database's time as Prisma does, through a tag. */
function databaseAt(now: () => Date) {
  return {
    $queryRaw: (() => Promise.resolve([{ now: now() }])) as never,
  };
}

describe("the desk's clock", () => {
  const lines: string[] = [];
  const log = createLogger("info", { write: (line) => lines.push(line) });

  it("is the database's, also where this machine is a day ahead, and says so", async () => {
    const ahead = { now: () => new Date(Date.now() + DAY_MS) };
    const client = databaseAt(() => new Date());
    const clock = await createDatabaseClock({ client, log, local: ahead });
    expect(Math.abs(clock.now().getTime() - Date.now())).toBeLessThan(1_000);
    expect(lines.join()).toContain(`"secondsAhead":${DAY_MS / 1_000}`);
    clock.stop();
  });

  it("is the database's for a command too, which fails where there is none", async () => {
    const ahead = { now: () => new Date(Date.now() + DAY_MS) };
    const clock = await readDatabaseClock(
      databaseAt(() => new Date()),
      ahead,
    );
    expect(Math.abs(clock.now().getTime() - Date.now())).toBeLessThan(1_000);
    const away = {
      $queryRaw: (() => Promise.reject(new Error("away"))) as never,
    };
    await expect(readDatabaseClock(away)).rejects.toThrow("away");
  });

  it("is this machine's until the database answers", async () => {
    const client = {
      $queryRaw: (() => Promise.reject(new Error("away"))) as never,
    };
    const clock = await createDatabaseClock({ client, log });
    expect(Math.abs(clock.now().getTime() - Date.now())).toBeLessThan(1_000);
    clock.stop();
  });
});
