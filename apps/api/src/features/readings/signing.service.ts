import type {
  Case,
  Label,
  Reading,
  ReadingVersion,
  Tx,
} from "@lung-iris/prisma";
import { assertUserCan, can } from "../../access/authorize.ts";
import type { UserViewer, Viewer } from "../../access/viewer.ts";
import type { AuditLog } from "../../audit/audit-log.ts";
import { BadInputError, ConflictError } from "../../errors.ts";
import type { Clock } from "../../platform/clock.ts";
import { assertSignatureProved } from "../auth/signature-proof.ts";
import { assertMaySign } from "../cases/case.commands.ts";
import type { CaseCommands, SignedVersion } from "../cases/case.commands.ts";
import type { CaseService } from "../cases/case.service.ts";
import { predictionFacts } from "../predictions/prediction-facts.ts";
import { isPositive } from "../predictions/threshold.rules.ts";
import { answeredPrediction } from "./answered-prediction.ts";
import { lockForAmending } from "./lock-for-amending.ts";
import { checkMarks } from "./marks.ts";
import type { Mark } from "./marks.ts";
import { filmsOfStudy, openReading, wasRevealed } from "./reading.reads.ts";
import {
  CHANGE_REASONS,
  MAX_TEXT,
  agreement,
  assertChangeExplained,
  assertConsistent,
} from "./reading.rules.ts";
import type {
  AiOpinion,
  ChangeReason,
  DecisionInput,
  OverrideReason,
} from "./reading.rules.ts";
import type { SitePolicies } from "../policies/site-policies.ts";
import { checkReport, readReport, reportColumn } from "../reports/report.ts";
import type { Report } from "../reports/report.ts";
import type { ReadingService } from "./reading.service.ts";

/** What is said with a signature or an amendment. */
interface Said {
  label: Label;
  decision: ReadingVersion["decision"];
  overrideReason?: OverrideReason | null;
  changeReason?: ChangeReason | null;
  confidence?: number | null;
  comment?: string | null;
  /** As given; `checkReport` says what it must be. */
  report?: object | null;
  /** As given; `checkMarks` says what they must be. */
  marks?: readonly object[] | null;
}

export interface SignRequest extends Said {
  caseId: string;
  caseVersion: number;
  predictionId?: string | null;
}

export interface AmendRequest extends Said {
  versionId: string;
  amendReason: string;
}

export interface SigningServiceDeps {
  clock: Clock;
  audit: AuditLog;
  cases: CaseService;
  commands: CaseCommands;
  readings: ReadingService;
  policies: SitePolicies;
}

/** What readers sign. A signed version is never changed, only amended. */
export class SigningService {
  readonly #deps: SigningServiceDeps;

  constructor(deps: SigningServiceDeps) {
    this.#deps = deps;
  }

  /**
   * Signs the viewer's reading of a case that the viewer has claimed. Where
   * the AI has assessed the case, its answer must have been revealed on
   * record, and be the one that the case still shows; where the site reads
   * openly, to name it is enough.
   *
   * @throws CASE_ALREADY_SIGNED, CASE_CLAIMED_BY_ANOTHER, CASE_NOT_CLAIMED,
   *   CASE_CHANGED, PREDICTION_CHANGED, REVEAL_REQUIRED, DECISION_MISMATCH,
   *   OVERRIDE_REASON_REQUIRED, CHANGE_REASON_REQUIRED or BAD_USER_INPUT.
   */
  sign(viewer: Viewer, request: SignRequest): Promise<ReadingVersion> {
    assertUserCan(viewer, "reading:sign");
    const { audit, clock, cases, commands, policies } = this.#deps;
    assertSignatureProved(viewer, clock.now());
    return audit.changeAndRecord(viewer, async (tx, record) => {
      const before = await cases.lock(tx, viewer, request.caseId);
      assertUserCan(viewer, "reading:sign", { what: "case", ...before });
      const now = clock.now();
      assertMaySign(before, viewer.userId, now);
      assertVersion(before, request.caseVersion);
      const films = await filmsOfStudy(tx, before.studyId);
      const shown = before.isControl
        ? null
        : await answeredPrediction(tx, policies, before, request.predictionId);
      const reading = await openReading(tx, before.id, viewer.userId);
      const { document } = await policies.inForce(tx, before.siteId);
      const isOpen = document.reading.mode === "open";
      const seen =
        shown !== null && isOpen && shown.id === request.predictionId
          ? { revealedAt: now, revealedPredictionId: shown.id }
          : null;
      if (shown !== null && seen === null) assertRevealed(reading, shown.id);
      const decision = decisionOf(request);
      const ai = opinionOf(shown);
      assertConsistent(decision, ai);
      assertChangeExplained(decision, blindOpinion(reading), ai);
      return commands.sign(tx, record, before, {
        readerId: viewer.userId,
        reading: {
          ...(await this.#firstOpinion(tx, viewer, before, {
            reading,
            label: decision.label,
          })),
          // Noted where nobody had asked for it.
          ...(reading?.revealedAt ? {} : seen),
        },
        ...signedVersion(decision, now, {
          predictionId: shown?.id ?? null,
          marks: checkMarks(request.marks ?? [], films),
          report: request.report ? checkReport(request.report) : null,
          amendReason: null,
        }),
      });
    });
  }

  /**
   * Adds a version to the viewer's own newest reading.
   *
   * @throws NOT_OWN_READING, READING_SUPERSEDED, DECISION_MISMATCH,
   *   OVERRIDE_REASON_REQUIRED or BAD_USER_INPUT.
   */
  amend(viewer: Viewer, request: AmendRequest): Promise<ReadingVersion> {
    assertUserCan(viewer, "reading:amend");
    const amendReason = requiredText(request.amendReason);
    const { audit, clock, commands, policies } = this.#deps;
    assertSignatureProved(viewer, clock.now());
    return audit.changeAndRecord(viewer, async (tx, record) => {
      const { earlier, before } = await lockForAmending(
        tx,
        this.#deps.cases,
        viewer,
        request.versionId,
      );
      const { predictionId } = earlier;
      const prediction =
        predictionId === null
          ? null
          : await predictionFacts(
              tx,
              predictionId,
              await policies.at(before.siteId, before.policyVersion, tx),
            );
      // What changed the reader's mind at the signature stays on record.
      const decision = decisionOf({
        ...request,
        changeReason: keptChangeReason(request, earlier),
      });
      assertConsistent(decision, opinionOf(prediction));
      const films = await filmsOfStudy(tx, before.studyId);
      const marks = request.marks ?? (earlier.marks as unknown);
      return commands.amend(
        tx,
        record,
        before,
        earlier,
        signedVersion(decision, clock.now(), {
          predictionId,
          marks: checkMarks(marks, films),
          report: amendedReport(request, earlier),
          amendReason,
        }),
      );
    });
  }

  /** Whether the viewer may amend the case's newest version. */
  canAmend(
    viewer: Viewer,
    row: Case,
    newest: ReadingVersion | undefined,
  ): boolean {
    return (
      viewer.kind === "user" &&
      row.state === "SIGNED" &&
      newest?.readerId === viewer.userId &&
      can(viewer, "reading:amend", row.siteId)
    );
  }

  /** Signed without the AI: what is signed is what the reader thought. */
  async #firstOpinion(
    tx: Tx,
    viewer: UserViewer,
    row: Case,
    { reading, label }: { reading: Reading | null; label: Label },
  ) {
    if (reading?.opinion) return {};
    if (await wasRevealed(tx, row.id, viewer.userId)) return {};
    return this.#deps.readings.opinionOf(tx, viewer, row, label);
  }
}

/** The AI is answered only by somebody who was shown that very answer. */
function assertRevealed(reading: Reading | null, predictionId: string): void {
  if (!reading?.revealedAt) {
    throw new ConflictError(
      "REVEAL_REQUIRED",
      "Look at what the AI says first, then sign.",
    );
  }
  if (reading.revealedPredictionId !== predictionId) {
    throw new ConflictError(
      "PREDICTION_CHANGED",
      "The AI has looked again since. Read what it says now, then sign.",
    );
  }
}

function assertVersion(row: Case, seen: number): void {
  if (row.version === seen) return;
  throw new ConflictError(
    "CASE_CHANGED",
    "The case changed while you were reading. Look again, then sign.",
    { details: { version: row.version } },
  );
}

interface Decided extends DecisionInput {
  confidence: number | null;
}

function decisionOf(said: Said): Decided {
  const comment = said.comment?.trim() ?? "";
  return {
    label: said.label,
    decision: said.decision,
    overrideReason: said.overrideReason ?? null,
    changeReason: said.changeReason ?? null,
    confidence: said.confidence ?? null,
    comment: comment === "" ? null : comment,
  };
}

/** What the reader said before anything of the AI was shown; null without. */
function blindOpinion(reading: Reading | null): Label | null {
  return reading?.opinionIsBlind ? reading.opinion : null;
}

/** Of the version before, as long as the AI is followed as it was there. */
function keptChangeReason(
  { decision }: Said,
  earlier: ReadingVersion,
): ChangeReason | null {
  const isKept = decision === "CONFIRM" && earlier.decision === "CONFIRM";
  const reason = CHANGE_REASONS.find((code) => code === earlier.changeReason);
  return isKept ? (reason ?? null) : null;
}

/** As it reads now; the addenda of the version before stay. */
function amendedReport(
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

function signedVersion(
  decided: Decided,
  signedAt: Date,
  version: {
    predictionId: string | null;
    marks: Mark[];
    report: Report | null;
    amendReason: string | null;
  },
): SignedVersion {
  return {
    decision: {
      decidedLabel: decided.label,
      agreesWithAi: agreement(decided.decision),
      signedAt,
    },
    version: { ...decided, ...version, report: reportColumn(version.report) },
  };
}

function opinionOf(
  prediction: { probability: number | null; threshold: number | null } | null,
): AiOpinion {
  if (prediction === null) return null;
  const { probability, threshold } = prediction;
  if (probability === null || threshold === null) return null;
  return { positive: isPositive(probability, threshold) };
}

function requiredText(text: string): string {
  const trimmed = text.trim();
  if (trimmed === "" || trimmed.length > MAX_TEXT) {
    throw new BadInputError(
      `Say why the reading is amended, in at most ${String(MAX_TEXT)} characters.`,
      ["input.amendReason"],
    );
  }
  return trimmed;
}
