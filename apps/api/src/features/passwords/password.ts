import { hash, verify } from "@node-rs/argon2";

/**
 * OWASP Password Storage Cheat Sheet, Argon2id: 19 MiB, two passes, one
 * lane; about 20 ms here, so sign-in stays quick and guessing does not.
 * Argon2id is the package's default algorithm, and its enum cannot be
 * imported into isolated modules; a test reads it back from a hash.
 */
const OPTIONS = {
  memoryCost: 19_456,
  timeCost: 2,
  parallelism: 1,
};

export const MAX_PASSWORD_LENGTH = 200;

/**
 * One form of what was typed: some systems send "ế" as one letter, others as
 * three (NIST SP 800-63B 3.1.1.2 asks for a normalisation).
 */
function asTyped(password: string): string {
  return password.normalize("NFC");
}

export function hashPassword(password: string): Promise<string> {
  return hash(asTyped(password), OPTIONS);
}

/** Made once a process: unknown users cost the same time as known ones. */
let decoy: Promise<string> | undefined;

/**
 * Whether the password fits; with no stored hash it does the same work and
 * answers no, so that response time does not tell who exists.
 */
export async function passwordFits(
  storedHash: string | null | undefined,
  password: string,
): Promise<boolean> {
  if (password.length > MAX_PASSWORD_LENGTH) return false;
  if (storedHash === null || storedHash === undefined) {
    decoy ??= hash("no user has this password", OPTIONS);
    await verify(await decoy, password);
    return false;
  }
  return verify(storedHash, asTyped(password));
}
