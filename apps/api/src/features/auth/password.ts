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

/** NIST SP 800-63B 3.1.1: length counts, composition rules do not. */
export const MIN_PASSWORD_LENGTH = 12;
export const MAX_PASSWORD_LENGTH = 200;

/** The commonest passwords of twelve and more characters, folded. */
const COMMON = new Set([
  "123456789012",
  "1234567890123",
  "12345678901234",
  "123456123456",
  "111111111111",
  "000000000000",
  "123123123123",
  "qwertyuiop12",
  "qwertyuiop123",
  "qwertyuiopasdfgh",
  "1q2w3e4r5t6y",
  "1qaz2wsx3edc",
  "qwerty123456",
  "password1234",
  "password12345",
  "password123456",
  "passwordpassword",
  "administrator",
  "administrator1",
  "changeme1234",
  "letmeinletmein",
  "iloveyou1234",
  "welcome12345",
  "lungiris1234",
]);

/** Why a password is not good enough, or null when it is. */
export function passwordProblem(
  password: string,
  person: { email: string; name: string },
): string | null {
  if (password.length < MIN_PASSWORD_LENGTH)
    return `The password needs at least ${String(MIN_PASSWORD_LENGTH)} characters.`;
  if (password.length > MAX_PASSWORD_LENGTH)
    return `The password may have at most ${String(MAX_PASSWORD_LENGTH)} characters.`;
  const folded = password.toLowerCase();
  if (COMMON.has(folded) || new Set(folded).size < 4)
    return "This password is among the first that are guessed. Choose another.";
  const local = person.email.split("@")[0]?.toLowerCase() ?? "";
  const isPersonal = [local, person.name.toLowerCase()].some(
    (word) => word.length >= 4 && folded.includes(word),
  );
  return isPersonal
    ? "The password must not contain the name or the email address."
    : null;
}

export function hashPassword(password: string): Promise<string> {
  return hash(password, OPTIONS);
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
  return verify(storedHash, password);
}
