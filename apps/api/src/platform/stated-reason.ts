import { BadInputError } from "../errors.ts";

const LONGEST_REASON = 1_000;

/**
 * Why somebody does it, without the blanks around it.
 *
 * @throws BAD_USER_INPUT where it is empty or above 1,000 characters.
 */
export function statedReason(text: string): string {
  const reason = text.trim();
  if (reason === "" || reason.length > LONGEST_REASON) {
    throw new BadInputError(
      `Say why, in at most ${String(LONGEST_REASON)} characters.`,
      ["reason"],
    );
  }
  return reason;
}
