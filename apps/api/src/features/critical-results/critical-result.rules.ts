import type { CriticalResult, CriticalWay } from "@lung-iris/prisma";
import { BadInputError, ConflictError } from "../../errors.ts";
import { READING_FINDINGS } from "../findings/finding-catalogue.ts";

/** Longest reason, name and read-back, in characters. */
export const MAX_WORDS = 500;

/** What is critical: a finding, words, or both. */
export interface CriticalMark {
  finding?: string | null;
  reason?: string | null;
}

/** Whom a result was told, and how. */
export interface Told {
  way: CriticalWay;
  /** Name and role, unless it is a user of the desk. */
  to?: string | null;
  /** The user of the desk; only with DESK. */
  toUserId?: string | null;
  /** What came back at once, on the phone or face to face. */
  readBack?: string | null;
}

/** What came back. */
export interface ReadBack {
  /** The words. */
  words?: string | null;
  /** In their place the finding, chosen. */
  finding?: string | null;
}

/**
 * The mark as it is stored.
 *
 * @throws BAD_USER_INPUT where nothing is said, or an unknown finding.
 */
export function checkMark(mark: CriticalMark): {
  finding: string | null;
  reason: string | null;
} {
  const reason = optional(mark.reason, "reason");
  const finding = mark.finding ?? null;
  if (finding === null && reason === null) {
    throw new BadInputError("Say what is critical: a finding or a reason.", [
      "input.reason",
    ]);
  }
  if (finding !== null && !isFinding(finding)) {
    throw new BadInputError("There is no such finding.", ["input.finding"]);
  }
  return { finding, reason };
}

/**
 * Who was told, in words, and what came back at once.
 *
 * @throws BAD_USER_INPUT where nobody is named, or somebody twice.
 */
export function checkTold(
  told: Told,
):
  | { way: "DESK"; toUserId: string }
  | { way: "PHONE" | "IN_PERSON"; to: string; readBack: string | null } {
  const to = optional(told.to, "to");
  const toUserId = told.toUserId ?? null;
  const readBack = optional(told.readBack, "readBack");
  if (told.way === "DESK") {
    if (toUserId === null || to !== null || readBack !== null) {
      throw new BadInputError(
        "In the page a user of the desk is told, who reads it back there.",
        ["input.toUserId"],
      );
    }
    return { way: "DESK", toUserId };
  }
  if (to === null || toUserId !== null) {
    throw new BadInputError("Say who was told: name and role.", ["input.to"]);
  }
  return { way: told.way, to, readBack };
}

/**
 * What was read back: words, or the finding that was marked.
 *
 * @throws READ_BACK_DIFFERS where another finding is chosen, BAD_USER_INPUT
 *   where nothing is said.
 */
export function checkReadBack(
  { words, finding }: ReadBack,
  marked: Pick<CriticalResult, "finding">,
): string {
  const said = optional(words, "readBack");
  if (finding !== null && finding !== undefined) {
    if (finding !== marked.finding) {
      throw new ConflictError(
        "READ_BACK_DIFFERS",
        "That is not the finding that was told. Read it again.",
      );
    }
    return said ?? finding;
  }
  if (said !== null) return said;
  throw new BadInputError("Read back what you were told.", ["readBack"]);
}

/** @throws BAD_USER_INPUT without a reason. */
export function requiredReason(text: string): string {
  const reason = optional(text, "reason");
  if (reason !== null) return reason;
  throw new BadInputError("Say why it is not critical.", ["reason"]);
}

/** @throws CRITICAL_CLOSED where it was read back or withdrawn. */
export function assertOpen({ state }: Pick<CriticalResult, "state">): void {
  if (state === "OPEN" || state === "TOLD") return;
  throw new ConflictError(
    "CRITICAL_CLOSED",
    "This critical result is closed already.",
  );
}

function isFinding(code: string): boolean {
  return READING_FINDINGS.some((finding) => finding.code === code);
}

function optional(
  text: string | null | undefined,
  field: string,
): string | null {
  const trimmed = text?.trim() ?? "";
  if (trimmed.length > MAX_WORDS) {
    throw new BadInputError(`At most ${String(MAX_WORDS)} characters.`, [
      `input.${field}`,
    ]);
  }
  return trimmed === "" ? null : trimmed;
}
