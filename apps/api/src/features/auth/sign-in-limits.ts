import { isIPv6 } from "node:net";
import type { Origin } from "../../access/viewer.ts";
import type { Limit } from "../../platform/attempt-limits.ts";

/** One account from one place: five wrong ones, then waits up to 15 minutes. */
export const ACCOUNT_FROM_SOURCE: Limit = {
  kind: "account-from-source",
  free: 5,
  leakSeconds: 600,
  firstWaitSeconds: 30,
  longestWaitSeconds: 900,
};

/** The same for a browser that its owner has signed in with before. */
export const KNOWN_DEVICE: Limit = {
  ...ACCOUNT_FROM_SOURCE,
  kind: "known-device",
};

/** The password asked for again within a session. */
export const SESSION: Limit = { ...ACCOUNT_FROM_SOURCE, kind: "session" };

/** One place, whatever the account: a hospital behind one address mistypes. */
export const SOURCE: Limit = {
  kind: "source",
  free: 30,
  leakSeconds: 20,
  firstWaitSeconds: 20,
  longestWaitSeconds: 900,
};

/** One account from anywhere: a network of machines, each below its limit. */
export const ACCOUNT: Limit = {
  kind: "account",
  free: 40,
  leakSeconds: 300,
  firstWaitSeconds: 60,
  longestWaitSeconds: 900,
};

/** Strangers altogether: one guess a second in the long run. */
export const EVERYBODY: Limit = {
  kind: "everybody",
  free: 200,
  leakSeconds: 1,
  firstWaitSeconds: 5,
  longestWaitSeconds: 60,
};

/** Limits whose keys begin with the account's hash. */
export const OF_ACCOUNT: readonly Limit[] = [
  ACCOUNT_FROM_SOURCE,
  KNOWN_DEVICE,
  ACCOUNT,
];

/**
 * The place that attempts are counted for: an address, and of IPv6 the /64
 * that one subscriber has.
 */
export function sourceOf({ address }: Origin): string {
  if (address === null) return "none";
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, "");
  if (!isIPv6(plain)) return plain;
  const [head = "", tail] = plain.split("::");
  const groups = head === "" ? [] : head.split(":");
  const rest = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = tail === undefined ? 0 : 8 - groups.length - rest.length;
  const whole = [...groups, ...Array<string>(Math.max(0, zeros)).fill("0")];
  return `${[...whole, ...rest].slice(0, 4).join(":")}::/64`;
}
