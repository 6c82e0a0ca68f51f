import { BadInputError } from "../errors.ts";

/** Longest reason, in characters. */
const MAX_REASON = 1_000;

/**
 * Why somebody does what he does, without blanks around it.
 *
 * @throws BadInputError for none, or one that is too long.
 */
export function requiredReason(text: string, field = "input.reason"): string {
  const reason = text.trim();
  if (reason === "" || reason.length > MAX_REASON) {
    throw new BadInputError(
      `Say why, in at most ${String(MAX_REASON)} characters.`,
      [field],
    );
  }
  return reason;
}
