import type { DatabaseClient, Tx } from "@lung-iris/prisma";
import { addSeconds } from "../../platform/clock.ts";
import type { Clock } from "../../platform/clock.ts";
import { hashSecret, newSecret } from "../../platform/ids.ts";

/** A browser that was not used for half a year is a stranger again. */
export const DEVICE_SECONDS = 180 * 24 * 60 * 60;
/** Browsers remembered of one person; the oldest goes. */
const MAX_DEVICES = 20;

/**
 * The account's browser of the token, by its hash; null for a token that is
 * unknown, too old or somebody else's.
 */
export async function findKnownDevice(
  client: DatabaseClient,
  clock: Clock,
  token: string,
  email: string,
): Promise<string | null> {
  if (token === "") return null;
  const found = await client.knownDevice.findFirst({
    where: {
      tokenHash: hashSecret(token),
      lastUsedAt: { gt: addSeconds(clock.now(), -DEVICE_SECONDS) },
      user: { email },
    },
    select: { tokenHash: true },
  });
  return found?.tokenHash ?? null;
}

/** Remembers a browser after a sign-in; returns the token for its cookie. */
export async function rememberDevice(
  tx: Tx,
  clock: Clock,
  userId: string,
  token: string,
): Promise<string> {
  const now = clock.now();
  const known = await tx.knownDevice.updateMany({
    where: { tokenHash: hashSecret(token), userId },
    data: { lastUsedAt: now },
  });
  if (known.count > 0) return token;
  const fresh = newSecret();
  await tx.knownDevice.create({
    data: { tokenHash: hashSecret(fresh), userId, lastUsedAt: now },
  });
  const old = await tx.knownDevice.findMany({
    where: { userId },
    orderBy: { lastUsedAt: "desc" },
    skip: MAX_DEVICES,
    select: { tokenHash: true },
  });
  await tx.knownDevice.deleteMany({
    where: { tokenHash: { in: old.map(({ tokenHash }) => tokenHash) } },
  });
  return fresh;
}
