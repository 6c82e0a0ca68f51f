import { AppError } from "../../errors.ts";
import { MAX_PASSWORD_LENGTH, hashPassword } from "./password.ts";
import { guessesOf } from "./password-strength.ts";
import { PUBLISHED_PASSWORDS } from "./password-words.ts";

/** Who chooses a password, and where; none of it may make the password up. */
export interface PasswordOwner {
  email: string;
  name: string;
  /** Names and codes of the person's sites. */
  siteNames: readonly string[];
}

/** What is wrong with a password; the web has a sentence for each. */
export type PasswordProblem =
  "too-short" | "too-long" | "published" | "too-personal" | "guessable";

/** Checks and hashes new passwords. */
export interface PasswordPolicy {
  /**
   * The hash to store.
   *
   * @param field argument path that the refusal names
   * @throws BAD_USER_INPUT with `problem` for a password that would be guessed.
   */
  hash(password: string, owner: PasswordOwner, field: string): Promise<string>;
}

/** NIST SP 800-63B 3.1.1: length counts, composition rules do not. */
export const MIN_PASSWORD_LENGTH = 12;

/**
 * Guesses that a password has to be worth: at the 50 a second that a stolen
 * table allows on one core (Argon2id as in password.ts), 10^10 are six years.
 */
const MIN_GUESSES_LOG10 = 10;

/** One of some ten signs that people take, at the places where they put them. */
const SIGN_LOG10 = 1;

const SENTENCES: Readonly<Record<PasswordProblem, string>> = {
  "too-short": `The password needs at least ${String(MIN_PASSWORD_LENGTH)} characters.`,
  "too-long": `The password may have at most ${String(MAX_PASSWORD_LENGTH)} characters.`,
  published:
    "This password is published: everybody can read it. Choose another.",
  "too-personal":
    "The password must not be made of the name, the email address or the hospital.",
  guessable:
    "This password is among those that are guessed first. Four or more words that do not belong together are good.",
};

export const passwordPolicy: PasswordPolicy = {
  async hash(password, owner, field) {
    const problem = await passwordProblem(password, owner);
    if (problem === null) return hashPassword(password);
    throw new AppError("BAD_USER_INPUT", SENTENCES[problem], {
      details: { fields: [field], problem },
    });
  },
};

/** Why a password is not good enough, or null when it is. */
export async function passwordProblem(
  password: string,
  owner: PasswordOwner,
): Promise<PasswordProblem | null> {
  if (password.length < MIN_PASSWORD_LENGTH) return "too-short";
  if (password.length > MAX_PASSWORD_LENGTH) return "too-long";
  if (isPublished(password)) return "published";
  const folded = password.toLowerCase();
  const local = owner.email.split("@")[0]?.toLowerCase() ?? "";
  const isPersonal = [local, owner.name.toLowerCase()].some(
    (word) => word.length >= 4 && folded.includes(word),
  );
  if (isPersonal) return "too-personal";
  const personal = wordsOf(owner);
  if ((await guessesWithSigns(password, personal)) >= MIN_GUESSES_LOG10)
    return null;
  const without = await guessesWithSigns(password, []);
  return without >= MIN_GUESSES_LOG10 ? "too-personal" : "guessable";
}

/**
 * The fewer of the guesses as it is written, and as its letters and digits
 * with the signs put in: the estimator takes "VietDuc@2026!" for a word cut in
 * two by chance, people put the sign where the word ends.
 */
async function guessesWithSigns(
  password: string,
  personal: readonly string[],
): Promise<number> {
  const written = await guessesOf(password, personal);
  const bare = password.replace(/[^\p{L}\p{N}\s]/gu, "");
  const signs = password.length - bare.length;
  if (signs === 0) return written;
  const put = (await guessesOf(bare, personal)) + signs * SIGN_LOG10;
  return Math.min(written, put);
}

/** Whether anybody can read the password, with other capitals or signs too. */
export function isPublished(password: string): boolean {
  const bare = lettersOf(password);
  return PUBLISHED_PASSWORDS.some((known) => {
    const letters = lettersOf(known);
    return bare === letters || (letters.length >= 10 && bare.includes(letters));
  });
}

function lettersOf(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}]/gu, "");
}

/** Words of three letters and more, with and without their marks. */
function wordsOf({ email, name, siteNames }: PasswordOwner): string[] {
  const texts = [email, name, ...siteNames].map((text) => text.toLowerCase());
  const words = texts.flatMap((text) => [
    text,
    text.replace(/[^\p{L}\p{N}]/gu, ""),
    ...text.split(/[^\p{L}\p{N}]+/u),
  ]);
  const plain = words.map((word) =>
    word.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/g, "d"),
  );
  return [...new Set([...words, ...plain])].filter(({ length }) => length >= 3);
}
