import { BadInputError } from "../errors.ts";

/** Longest reason, in characters. */
const MAX_REASON = 1_000;

/**
 * Why somebody does what he does, without blanks around it.
 *
 * @param field where the reason stands in the arguments
 * @throws BAD_USER_INPUT for none, or one above 1,000 characters.
 */
export function requiredReason(
  text: string,
  field: "reason" | "input.reason" = "reason",
): string {
  const reason = text.trim();
  if (reason === "" || reason.length > MAX_REASON) {
    throw new BadInputError(
      `Say why, in at most ${String(MAX_REASON)} characters.`,
      [field],
    );
  }
  return reason;
}
