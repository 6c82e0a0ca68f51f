import { isDeepStrictEqual } from "node:util";
import type { KeptTextKind, Prisma } from "@lung-iris/prisma";
import type { Permission } from "../../access/permissions.ts";
import { BadInputError } from "../../errors.ts";
import { draftJson } from "../readings/reading-draft.ts";

/** Longest text, in characters: as much as the longest field takes. */
export const MAX_KEPT = 10_000;
/** Most texts that somebody has unsent at once. */
export const MAX_TEXTS = 300;

/** What somebody must be allowed to send, so that words for it are kept. */
export const PERMISSION_TO_SEND = {
  AMENDMENT: "reading:amend",
  ADDENDUM: "reading:amend",
  COMMENT: "comment:write",
  COMMENT_EDIT: "comment:write",
  TAKE_OVER: "case:take-over",
  SECOND_READ: "second-read:request",
  RETAKE_END: "case:end-retake",
  CRITICAL_MARK: "critical:mark",
  CRITICAL_TOLD_TO: "critical:communicate",
  CRITICAL_TOLD: "critical:communicate",
  CRITICAL_READ_BACK: "critical:communicate",
  CRITICAL_WITHDRAWAL: "critical:mark",
  STEP_CORRECTION: "procedure:do",
  FILM_MOVE: "film:correct",
  FILM_TURN: "film:correct",
  FILM_REMOVAL: "film:correct",
  FILM_UNDO: "film:correct",
  STUDY_CORRECTION: "study:edit",
  STUDY_NOTE: "study:edit",
  STUDY_UNDO: "study:edit",
} as const satisfies Record<KeptTextKind, Permission>;

/** Kinds whose words may tell what the AI answered. */
export const KINDS_OF_THE_AI: readonly KeptTextKind[] = ["AMENDMENT"];

/** What was typed so far. */
export interface TypedSoFar {
  kind: KeptTextKind;
  text: string;
  /** Of an amendment what it would say; null where nothing was typed. */
  draft: object | null;
}

/** As it is stored: to the letter, since more is going to be typed. */
export interface KeptWords {
  text: string;
  draft: Prisma.InputJsonObject | null;
}

/**
 * What of it is stored; null where nothing is left, which is then forgotten.
 *
 * @throws BAD_USER_INPUT for too long a text, and a draft of no amendment.
 */
export function checkTyped(typed: TypedSoFar): KeptWords | null {
  const { kind, text, draft } = typed;
  if (text.length > MAX_KEPT)
    throw new BadInputError(
      `A text of at most ${String(MAX_KEPT)} characters is kept.`,
      ["input.text"],
    );
  if (draft !== null && kind !== "AMENDMENT")
    throw new BadInputError("Only an amendment has a draft.", ["input.draft"]);
  if (text.trim() === "" && draft === null) return null;
  return { text, draft: draft === null ? null : draftJson(draft) };
}

/** Whether nothing was typed since. */
export function isSameText(
  before: { text: string; draft: unknown },
  now: KeptWords,
): boolean {
  return before.text === now.text && isDeepStrictEqual(before.draft, now.draft);
}
