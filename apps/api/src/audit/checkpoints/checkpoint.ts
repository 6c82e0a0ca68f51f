import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import type { ChainEnd } from "../chain.ts";

/** An end of the chain, noted down outside the database under a key. */
export interface Checkpoint extends ChainEnd {
  /** When it was noted, ISO 8601. */
  at: string;
}

const line = z.strictObject({
  seq: z.string().regex(/^\d{1,19}$/),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  at: z.iso.datetime(),
  mac: z.string().regex(/^[0-9a-f]{64}$/),
});

/** HMAC-SHA256 (RFC 2104) in hex; the first line keeps other uses of the key apart. */
function macOf(key: string, { seq, hash, at }: Checkpoint): string {
  return createHmac("sha256", key)
    .update(`lung-iris checkpoint 1\n${seq}\n${hash}\n${at}`)
    .digest("hex");
}

/**
 * One line of a file of checkpoints. It starts with a line feed as well as
 * ending with one, so that half a line, left by a kill, spoils no other.
 */
export function checkpointLine(key: string, checkpoint: Checkpoint): string {
  const { seq, hash, at } = checkpoint;
  const mac = macOf(key, checkpoint);
  return `\n${JSON.stringify({ seq, hash, at, mac })}\n`;
}

/** `torn`: not a whole line. `forged`: whole, and not written under the key. */
export function readCheckpointLine(
  key: string,
  text: string,
): Checkpoint | "torn" | "forged" {
  const parsed = line.safeParse(parse(text));
  if (!parsed.success) return "torn";
  const { mac, ...checkpoint } = parsed.data;
  const expected = Buffer.from(macOf(key, checkpoint), "hex");
  return timingSafeEqual(expected, Buffer.from(mac, "hex"))
    ? checkpoint
    : "forged";
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
