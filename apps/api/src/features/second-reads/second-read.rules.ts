import { createHmac } from "node:crypto";
import type { Label, ReaderGrade } from "@lung-iris/prisma";
import { BY_JUNIOR } from "../blindness/needs-senior.ts";
import type { SecondReadPolicy } from "../policies/policy-document.ts";
import type { ReadingFinding } from "../reading-findings/reading-finding.ts";
import { labelAgrees, type AiOpinion } from "../readings/reading.rules.ts";

/** What the rules ask of a first reading that is just being signed. */
export interface FirstReading {
  caseId: string;
  readerId: string;
  readerGrade: ReaderGrade;
  label: Label;
  findings: readonly Pick<ReadingFinding, "code" | "presence">[];
  /** Null where nobody knows it. */
  ageYears: number | null;
  /** What the AI says of the film, whether or not the reader was shown it. */
  ai: AiOpinion;
}

/**
 * Why the site's rules want the case read a second time, as codes; none where
 * no rule does. `secret`: of the data folder.
 */
export function reasonsForSecond(
  rules: SecondReadPolicy,
  first: FirstReading,
  secret: string,
): string[] {
  const reasons: string[] = [];
  if (rules.readers.includes(first.readerId)) reasons.push("reader");
  if (rules.juniors && first.readerGrade === "JUNIOR") reasons.push(BY_JUNIOR);
  if (rules.onAiDisagreement && contradictsAi(first)) reasons.push("ai");
  for (const { code, presence } of first.findings)
    if (presence !== "ABSENT" && rules.findings.includes(code))
      reasons.push(`finding:${code}`);
  if (isOfAge(rules, first.ageYears)) reasons.push("age");
  if (isDrawn(secret, `second-read:${first.caseId}`, rules.randomShare))
    reasons.push("random");
  return reasons;
}

/** A film that cannot be answered contradicts nobody. */
function contradictsAi({ label, ai }: FirstReading): boolean {
  if (ai === null || label === "NOT_DIAGNOSTIC") return false;
  return !labelAgrees(label, ai);
}

function isOfAge(
  { ageFrom, ageTo }: SecondReadPolicy,
  ageYears: number | null,
): boolean {
  if (ageFrom === null && ageTo === null) return false;
  if (ageYears === null) return false;
  const years = Math.floor(ageYears);
  return years >= (ageFrom ?? 0) && years <= (ageTo ?? Infinity);
}

/**
 * Whether a name is among a share of all names, by a keyed hash: nobody
 * without the key can tell beforehand, and the answer stays.
 */
function isDrawn(secret: string, name: string, percent: number): boolean {
  return drawOf(secret, name) < percent / 100;
}

/**
 * Whether of two readings the one signed first is shown as the first. By a
 * keyed hash of the case, so that the place does not tell who was first.
 */
export function isFirstOnTop(secret: string, caseId: string): boolean {
  return drawOf(secret, `unnamed:${caseId}`) < 0.5;
}

function drawOf(secret: string, name: string): number {
  const hash = createHmac("sha256", secret).update(name).digest();
  return hash.readUInt32BE(0) / 2 ** 32;
}
