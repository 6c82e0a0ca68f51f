import type { Case, Decision, Label } from "@lung-iris/prisma";
import { BadInputError, ConflictError } from "../../errors.ts";

/** Why a film answers nothing. */
export const NOT_DIAGNOSTIC_REASONS = [
  "WRONG_EXAMINATION",
  "WRONG_PATIENT",
  "QUALITY",
  "POSITION",
  "INCOMPLETE",
  "OTHER",
] as const;
export type NotDiagnosticReason = (typeof NOT_DIAGNOSTIC_REASONS)[number];

/** What is said with a film that answers nothing. */
export interface NotDiagnosticInput {
  label: Label;
  decision: Decision;
  notDiagnosticReason: NotDiagnosticReason | null;
  retakeAsked: boolean;
  comment: string | null;
}

/**
 * Refuses "not diagnostic" without a reason, and a reason or the wish for
 * another film with anything else. It answers nothing of the AI's, so it
 * neither confirms nor overrides.
 *
 * @throws NOT_DIAGNOSTIC_REASON_REQUIRED, DECISION_MISMATCH or BAD_USER_INPUT.
 */
export function assertNotDiagnostic(input: NotDiagnosticInput): void {
  const { label, decision, notDiagnosticReason: reason, retakeAsked } = input;
  if (label !== "NOT_DIAGNOSTIC") {
    if (reason !== null || retakeAsked)
      mismatch("Only a film that is not diagnostic is taken again.");
    return;
  }
  if (decision !== "INDEPENDENT")
    mismatch("A film that is not diagnostic answers nothing of the AI's.");
  if (reason === null) {
    throw new ConflictError(
      "NOT_DIAGNOSTIC_REASON_REQUIRED",
      "Choose why the film answers nothing.",
    );
  }
  if (reason === "OTHER" && (input.comment ?? "").trim() === "") {
    throw new BadInputError("Say in a comment why the film answers nothing.", [
      "input.comment",
    ]);
  }
}

/** The gate's word for a picture that shows no chest at all. */
const NO_CHEST_FILM = "not-a-chest-film";

/**
 * Refuses "normal" for a picture that the gate took for no chest film, unless
 * the reader says that it is one: a hand is not a normal chest. A control
 * case is read as if there were no gate.
 *
 * @throws CHEST_FILM_UNCONFIRMED.
 */
export function assertChestFilm(
  label: Label,
  row: Pick<Case, "assessment" | "notAssessedReason" | "isControl">,
  confirmsChestFilm: boolean,
): void {
  const isDoubted =
    row.assessment === "NOT_ASSESSED" &&
    row.notAssessedReason === NO_CHEST_FILM &&
    !row.isControl;
  if (label !== "NORMAL" || !isDoubted || confirmsChestFilm) return;
  throw new ConflictError(
    "CHEST_FILM_UNCONFIRMED",
    "This does not look like a chest film. Say that it is one before you sign it as normal, or sign it as not diagnostic.",
  );
}

function mismatch(message: string): never {
  throw new ConflictError("DECISION_MISMATCH", message);
}
