import type { Label, ReadingVersion } from "@lung-iris/prisma";
import { BadInputError } from "../../errors.ts";
import type { SignedVersion } from "../cases/case-signing.commands.ts";
import { checkReport, readReport, reportColumn } from "../reports/report.ts";
import type { Report } from "../reports/report.ts";
import type { DrawnMark, Mark } from "../marks/marks.ts";
import type { NotDiagnosticReason } from "../readings/not-diagnostic.rules.ts";
import {
  checkFindings,
  findingsFor,
} from "../reading-findings/reading-finding.rules.ts";
import {
  plainFindings,
  readFindings,
} from "../reading-findings/reading-finding.ts";
import type {
  GivenFinding,
  ReadingFinding,
} from "../reading-findings/reading-finding.ts";
import { agreement, CHANGE_REASONS } from "../readings/reading.rules.ts";
import type {
  ChangeReason,
  DecisionInput,
  OverrideReason,
} from "../readings/reading.rules.ts";

/** What is said with a signature or an amendment. */
export interface Said {
  label: Label;
  decision: ReadingVersion["decision"];
  overrideReason?: OverrideReason | null;
  changeReason?: ChangeReason | null;
  notDiagnosticReason?: NotDiagnosticReason | null;
  retakeAsked?: boolean | null;
  confidence?: number | null;
  comment?: string | null;
  /** As given; `checkReport` says what it must be. */
  report?: object | null;
  /** As given; `checkMarks` says what they must be. */
  marks?: readonly DrawnMark[] | null;
  /** As given; `checkFindings` says what they must be. */
  findings?: readonly GivenFinding[] | null;
}

interface Decided extends DecisionInput {
  notDiagnosticReason: NotDiagnosticReason | null;
  retakeAsked: boolean;
  confidence: number | null;
}

/** The same with nothing left open; what is blank counts as not said. */
export function decisionOf(said: Said): Decided {
  const comment = said.comment?.trim() ?? "";
  return {
    label: said.label,
    decision: said.decision,
    overrideReason: said.overrideReason ?? null,
    changeReason: said.changeReason ?? null,
    notDiagnosticReason: said.notDiagnosticReason ?? null,
    retakeAsked: said.retakeAsked ?? false,
    confidence: said.confidence ?? null,
    comment: comment === "" ? null : comment,
  };
}

function follows(decision: ReadingVersion["decision"]): boolean {
  return decision === "CONFIRM" || decision === "PARTLY";
}

/** Of the version before, as long as the AI is followed as it was there. */
export function keptChangeReason(
  { decision }: Said,
  earlier: ReadingVersion,
): ChangeReason | null {
  const isKept = follows(decision) && follows(earlier.decision);
  const reason = CHANGE_REASONS.find((code) => code === earlier.changeReason);
  return isKept ? (reason ?? null) : null;
}

/**
 * The findings beside the label. Who gives none says what the label alone
 * says; an amendment then keeps those of the version before, but not which
 * marks show them where the marks are others now.
 */
export function findingsOf(
  { findings, label, marks }: Said,
  markCount: number,
  earlier: ReadingVersion | null = null,
): ReadingFinding[] {
  if (findings) return checkFindings(plainFindings(findings), label, markCount);
  const kept = earlier === null ? [] : readFindings(earlier.findings);
  return findingsFor(
    label,
    marks ? kept.map((one) => ({ ...one, markIndexes: [] })) : kept,
  );
}

/** As it reads now; the addenda of the version before stay. */
export function amendedReport(
  { report }: Said,
  earlier: ReadingVersion,
): Report | null {
  const before = readReport(earlier.report);
  if (!report) return before;
  const now = checkReport(report);
  const addenda = before?.addenda ?? [];
  if (now !== null) return { ...now, addenda };
  if (addenda.length === 0) return null;
  throw new BadInputError("A report with addenda cannot be emptied.", [
    "input.report",
  ]);
}

/** What the case's core writes of it: on the case, and as the version. */
export function signedVersion(
  decided: Decided,
  signedAt: Date,
  version: {
    predictionId: string | null;
    marks: Mark[];
    findings: ReadingFinding[];
    report: Report | null;
    amendReason: string | null;
  },
): SignedVersion {
  const { label, decision, retakeAsked, notDiagnosticReason } = decided;
  return {
    decision: {
      decidedLabel: label,
      agreesWithAi: agreement(decision),
      signedAt,
      retakeReason: retakeAsked ? notDiagnosticReason : null,
    },
    version: { ...decided, ...version, report: reportColumn(version.report) },
  };
}
