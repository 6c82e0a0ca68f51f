import { BREAK, GraphQLError, visit } from "graphql";
import type { DocumentNode } from "graphql";
import { BadInputError } from "../errors.ts";

/**
 * The web's deepest input nests four levels; the walk below and those after
 * it (coercion, hashing, the audit trail) must not run out of stack.
 */
const MAX_DEPTH = 32;

/**
 * Characters that turn the direction of what follows (Unicode UAX 9: LRE to
 * RLO, LRI to PDI). In a name they show another one than is stored.
 */
const TURNING = /[\u202a-\u202e\u2066-\u2069]/;

/** With the u flag a pair of surrogates is one character and does not match. */
const HALF_CHARACTER = /\p{Surrogate}/u;

/**
 * What PostgreSQL cannot keep: the character NUL in a text, half a character
 * (JSON can write a lone surrogate, UTF-8 has none, RFC 3629 3), and the years
 * 0, which its calendar does not have (ISO 8601 does), and 10000, which takes a
 * digit more. What a screen shows otherwise than it stands there.
 */
function strangeness(text: string): string | null {
  if (text.includes("\u0000")) return "A text cannot hold the character NUL.";
  if (HALF_CHARACTER.test(text))
    return "A text cannot hold half a character (a lone surrogate, U+D800 to U+DFFF). Type it anew.";
  if (TURNING.test(text))
    return "A text cannot hold characters that turn its direction (U+202A to U+202E, U+2066 to U+2069). Type it anew.";
  return isOffCalendar(text)
    ? "Years go from 1 to 9999, in universal time."
    : null;
}

/** A day of the year 0, or a time that its zone puts outside of 1 to 9999. */
function isOffCalendar(text: string): boolean {
  if (/^0000-\d\d-\d\d$/u.test(text)) return true;
  if (!/^\d{4}-\d\d-\d\dT/iu.test(text)) return false;
  // Not a number of what is no time: its field says so.
  const year = new Date(text).getUTCFullYear();
  return year < 1 || year > 9_999;
}

/**
 * A text of a film's header as a screen may show it: without control and
 * turning characters. The film came from a device that nobody can ask again,
 * so it is not refused for them; undefined where nothing else is left.
 */
export function plainText(text: string | undefined): string | undefined {
  const plain = text
    ?.replaceAll(new RegExp(TURNING, "g"), "")
    .replace(/\p{Cc}+/gu, " ")
    .trim();
  return plain === "" ? undefined : plain;
}

/** The first such text anywhere in a JSON value; null where all are plain. */
function strangeIn(value: unknown, depth = 0): string | null {
  if (typeof value === "string") return strangeness(value);
  if (typeof value !== "object" || value === null) return null;
  if (depth === MAX_DEPTH)
    return `This input nests deeper than ${String(MAX_DEPTH)} levels.`;
  for (const [key, item] of Object.entries(value)) {
    const found = strangeness(key) ?? strangeIn(item, depth + 1);
    if (found !== null) return found;
  }
  return null;
}

/** @throws BadInputError for input that the database could not keep. */
export function assertPlain(value: unknown, field: string): void {
  const found = strangeIn(value);
  if (found !== null) throw new BadInputError(found, [field]);
}

/** The refusal of a request with such input in variables or literals. */
export function strangeRequest(
  document: DocumentNode,
  variables: Readonly<Record<string, unknown>> | null | undefined,
): GraphQLError | null {
  let found = strangeIn(variables);
  visit(document, {
    StringValue({ value }) {
      found ??= strangeness(value);
      return found === null ? undefined : BREAK;
    },
  });
  return found === null
    ? null
    : new GraphQLError(found, { extensions: { code: "BAD_USER_INPUT" } });
}
