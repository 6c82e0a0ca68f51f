import { createHash, createHmac, randomBytes, scrypt } from "node:crypto";
import { promisify } from "node:util";
import { z } from "zod";

/** How the key of an encrypted copy comes from its passphrase; not secret. */
export const keyDerivation = z.strictObject({
  kdf: z.literal("scrypt"),
  salt: z.string().regex(/^[0-9a-f]{32}$/),
  /** Cost; a power of two. Bounded, so that a forged copy cannot eat the memory. */
  N: z.number().int().min(16_384).max(1_048_576),
  r: z.literal(8),
  p: z.literal(1),
});
export type KeyDerivation = z.output<typeof keyDerivation>;

/** 128 MB and about half a second a try (RFC 7914; OWASP's first choice). */
const COST = 131_072;
const MIN_PASSPHRASE = 12;

export class PassphraseError extends Error {
  override readonly name = "PassphraseError";
}

const derive = promisify<string, Buffer, number, object, Buffer>(scrypt);

export function newKeyDerivation(): KeyDerivation {
  const salt = randomBytes(16).toString("hex");
  return { kdf: "scrypt", salt, N: COST, r: 8, p: 1 };
}

export function checkPassphrase(passphrase: string): void {
  if (passphrase.length >= MIN_PASSPHRASE) return;
  throw new PassphraseError(
    `A passphrase has ${String(MIN_PASSPHRASE)} characters or more. Six random words are easy to write down and hard to guess.`,
  );
}

export function masterKey(
  passphrase: string,
  { salt, N, r, p }: KeyDerivation,
): Promise<Buffer> {
  const maxmem = 256 * N * r;
  const bytes = Buffer.from(salt, "hex");
  return derive(passphrase.normalize("NFC"), bytes, 32, { N, r, p, maxmem });
}

/** Holds a text: under the key of an encrypted copy, else by its hash alone. */
export function sealOf(master: Buffer | null, text: string): string {
  return master === null
    ? createHash("sha256").update(text).digest("hex")
    : createHmac("sha256", master)
        .update(`lung-iris backup contents\n${text}`)
        .digest("hex");
}
