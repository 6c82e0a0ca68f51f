import { BadInputError } from "../../errors.ts";
import type {
  ProcedureEvidence,
  ProcedureTrigger,
} from "./procedure-document.ts";
import { isOnWard } from "../film-identity/ward.rules.ts";

/** Longest reason, in characters. */
const MAX_REASON = 500;

/** What of a case decides whether a procedure begins. */
export interface CaseFacts {
  /** Codes: what the AI, the reading or the critical result says is there. */
  found: readonly string[];
  clinicalFlags: readonly string[];
  /** At the time of the examination; null where nobody knows it. */
  ageYears: number | null;
  modality: string;
  /** Where the patient lay; null where nobody said. */
  ward: string | null;
}

/** Whether the case has everything that the trigger asks for. */
export function begins(trigger: ProcedureTrigger, facts: CaseFacts): boolean {
  return (
    hasAny(trigger.findings, facts.found) &&
    hasAny(trigger.flags, facts.clinicalFlags) &&
    hasAny(trigger.modalities, [facts.modality]) &&
    isOnAny(trigger.wards, facts.ward) &&
    isOfAge(trigger, facts.ageYears)
  );
}

/** One of those asked for; whatever there is where nothing is asked for. */
function hasAny(asked: readonly string[], there: readonly string[]): boolean {
  return asked.length === 0 || asked.some((code) => there.includes(code));
}

/** Somebody of whom no ward is known is on none. */
function isOnAny(asked: readonly string[], ward: string | null): boolean {
  return asked.length === 0 || asked.some((one) => isOnWard(one, ward));
}

function isOfAge(
  { ageFrom, ageTo }: ProcedureTrigger,
  ageYears: number | null,
): boolean {
  if (ageFrom === null && ageTo === null) return true;
  if (ageYears === null) return false;
  const years = Math.floor(ageYears);
  return years >= (ageFrom ?? 0) && years <= (ageTo ?? Infinity);
}

/** Steps of a procedure by how they were done. */
export interface StepCounts {
  doneInTime: number;
  doneLate: number;
  /** Not done, and past their time. */
  overdue: number;
}

/** Steps whose time has come, or that were done before it: those that count. */
export function dueSteps({ doneInTime, doneLate, overdue }: StepCounts) {
  return doneInTime + doneLate + overdue;
}

/**
 * Which share of these was done in time, 0 to 1; null where there are none. A
 * step that is open and not due yet is neither kept nor missed.
 */
export function inTimeShare(counts: StepCounts): number | null {
  const due = dueSteps(counts);
  return due === 0 ? null : counts.doneInTime / due;
}

/**
 * The answer as it is stored: "true", the code of an option, or a number in
 * its shortest form.
 *
 * @throws BAD_USER_INPUT where the evidence does not take it.
 */
export function checkAnswer(evidence: ProcedureEvidence, said: string): string {
  const text = said.trim();
  switch (evidence.kind) {
    case "TICK":
      if (text === "true") return text;
      throw refused('A step that is ticked takes only "true".');
    case "CHOICE":
      if (evidence.options.some(({ code }) => code === text)) return text;
      throw refused("Choose one of the options.");
    case "NUMBER":
      return checkNumber(evidence, text);
    case "READ_BACK":
      throw refused("It is done when the critical result is read back.");
  }
}

function checkNumber({ min, max }: ProcedureEvidence, text: string): string {
  if (!/^-?\d{1,9}(\.\d{1,4})?$/.test(text))
    throw refused("Give a number with a point and at most four decimals.");
  const number = Number(text);
  if (number < (min ?? -Infinity) || number > (max ?? Infinity))
    throw refused(
      `The number must be from ${String(min ?? "any")} to ${String(max ?? "any")}.`,
    );
  return String(number);
}

/** @throws BAD_USER_INPUT for no reason, or too long a one. */
export function requiredReason(text: string, field: string): string {
  const reason = text.trim();
  if (reason !== "" && reason.length <= MAX_REASON) return reason;
  throw new BadInputError(
    `Say why, in at most ${String(MAX_REASON)} characters.`,
    [field],
  );
}

function refused(message: string): BadInputError {
  return new BadInputError(message, ["answer"]);
}
