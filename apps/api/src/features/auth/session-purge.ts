import type { DatabaseClient } from "@lung-iris/prisma";
import { SESSION_IDLE_SECONDS } from "../../config.ts";
import { addSeconds } from "../../platform/clock.ts";
import type { Clock } from "../../platform/clock.ts";
import { DEVICE_SECONDS } from "./known-devices.ts";

/** A session that is over is kept as long, for whoever looks into something. */
export const KEEP_ENDED_SECONDS = 30 * 24 * 60 * 60;

/**
 * Deletes sessions that ended a month ago and what else
 * ran out: tickets, devices that nobody used, counts of attempts. The trail
 * keeps who signed in and out; these rows only open doors.
 *
 * @returns how many sessions went
 */
export async function purgeSessions(
  client: DatabaseClient,
  clock: Clock,
): Promise<number> {
  const now = clock.now();
  const before = addSeconds(now, -KEEP_ENDED_SECONDS);
  await client.subscriptionTicket.deleteMany({
    where: { expiresAt: { lt: now } },
  });
  await client.knownDevice.deleteMany({
    where: { lastUsedAt: { lt: addSeconds(now, -DEVICE_SECONDS) } },
  });
  // Every limit forgets within a day.
  await client.attemptLimit.deleteMany({
    where: { countedAt: { lt: addSeconds(now, -2 * 24 * 60 * 60) } },
  });
  const { count } = await client.session.deleteMany({
    where: {
      OR: [
        { expiresAt: { lt: before } },
        { revokedAt: { lt: before } },
        { lastSeenAt: { lt: addSeconds(before, -SESSION_IDLE_SECONDS) } },
      ],
    },
  });
  return count;
}
