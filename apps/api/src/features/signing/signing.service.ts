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
import {
  amendCase,
  assertMaySign,
  signCase,
} from "../cases/case-signing.commands.ts";
import type { CaseService } from "../cases/case.service.ts";
import { dropKeptText } from "../kept-texts/drop-kept-text.ts";
import {
  predictionFacts,
  type PredictionFacts,
} from "../predictions/prediction-facts.ts";
import {
  answeredPrediction,
  opinionOf,
} from "../readings/answered-prediction.ts";
import { lockForAmending } from "./lock-for-amending.ts";
import { checkMarks, keptMark, readMarks } from "../marks/marks.ts";
import {
  filmsOfStudy,
  openReading,
  wasRevealed,
} from "../readings/reading.reads.ts";
import {
  assertChestFilm,
  assertNotDiagnostic,
} from "../readings/not-diagnostic.rules.ts";
import {
  MAX_TEXT,
  assertChangeExplained,
  assertConsistent,
} from "../readings/reading.rules.ts";
import {
  amendedReport,
  decisionOf,
  findingsOf,
  keptChangeReason,
  signedVersion,
} from "./said.ts";
import type { Said } from "./said.ts";
import type { SecondReadSigning } from "../second-reads/second-read-signing.ts";
import { stageOfSecond } from "../case-machine/second-read.machine.ts";
import type { PolicyDocument } from "../policies/policy-document.ts";
import type { CriticalResultCommands } from "../critical-results/critical-result.commands.ts";
import type { CriticalMark } from "../critical-results/critical-result.rules.ts";
import type { SitePolicies } from "../policies/site-policies.ts";
import { checkReport } from "../reports/report.ts";
import type { ReadingService } from "../open-readings/reading.service.ts";

export interface SignRequest extends Said {
  caseId: string;
  caseVersion: number;
  predictionId?: string | null;
  confirmsChestFilm?: boolean | null;
  /** What of it somebody must be told at once; null where nothing is. */
  critical?: CriticalMark | null;
}

export interface AmendRequest extends Said {
  versionId: string;
  amendReason: string;
  confirmsChestFilm?: boolean | null;
}

export interface SigningServiceDeps {
  clock: Clock;
  audit: AuditLog;
  cases: CaseService;
  readings: ReadingService;
  policies: SitePolicies;
  secondReads: SecondReadSigning;
  critical: CriticalResultCommands;
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
   * openly, to name it is enough. A film that is not diagnostic answers
   * nothing, so nothing need be revealed for it. What is critical of it is
   * marked in the same transaction.
   *
   * @throws CASE_ALREADY_SIGNED, CASE_CLAIMED_BY_ANOTHER, CASE_NOT_CLAIMED,
   *   CASE_CHANGED, PREDICTION_CHANGED, REVEAL_REQUIRED, DECISION_MISMATCH,
   *   OVERRIDE_REASON_REQUIRED, CHANGE_REASON_REQUIRED,
   *   NOT_DIAGNOSTIC_REASON_REQUIRED, CHEST_FILM_UNCONFIRMED or
   *   BAD_USER_INPUT.
   */
  sign(viewer: Viewer, request: SignRequest): Promise<ReadingVersion> {
    assertUserCan(viewer, "reading:sign");
    const { audit, clock, cases, policies, critical } = this.#deps;
    if (request.critical) assertUserCan(viewer, "critical:mark");
    assertSignatureProved(viewer, clock.now());
    return audit.changeAndRecord(viewer, async (tx, record) => {
      const before = await cases.lock(tx, viewer, request.caseId);
      assertUserCan(viewer, "reading:sign", { what: "case", ...before });
      const now = clock.now();
      assertMaySign(before, viewer.userId, now);
      assertVersion(before, request.caseVersion);
      const films = await filmsOfStudy(tx, before.studyId);
      const { document } = await policies.inForce(tx, before.siteId);
      const shown = isAiClosedTo(before, document)
        ? null
        : await answeredPrediction(tx, policies, before, request.predictionId);
      const reading = await openReading(tx, before.id, viewer.userId);
      const isOpen = document.reading.mode === "open";
      const seen =
        shown !== null && isOpen && shown.id === request.predictionId
          ? { revealedAt: now, revealedPredictionId: shown.id }
          : null;
      const decision = decisionOf(request);
      const isAnswer = decision.label !== "NOT_DIAGNOSTIC";
      if (shown !== null && seen === null && isAnswer)
        assertRevealed(reading, shown.id);
      const ai = opinionOf(shown);
      assertNotDiagnostic(decision);
      assertConsistent(decision, ai);
      const confirmsChestFilm = request.confirmsChestFilm ?? false;
      assertChestFilm(decision.label, before, confirmsChestFilm);
      assertChangeExplained(decision, blindOpinion(reading), ai);
      const marks = checkMarks((request.marks ?? []).map(keptMark), films);
      const findings = findingsOf(request, marks.length);
      const { userId: readerId } = viewer;
      const { label } = decision;
      const made = await signCase(tx, record, before, {
        readerId,
        confirmsChestFilm,
        ...(await this.#deps.secondReads.beside(
          tx,
          before,
          document.secondReads,
          { readerId, label, findings, signedAt: now },
        )),
        reading: {
          ...(await this.#firstOpinion(tx, viewer, before, {
            reading,
            label: decision.label,
          })),
          // Noted where nobody had asked for it.
          ...(reading?.revealedAt ? {} : seen),
        },
        ...signedVersion(decision, now, {
          predictionId: wasShown(reading, shown, seen) ? shown.id : null,
          marks,
          report: request.report ? checkReport(request.report) : null,
          findings,
          amendReason: null,
        }),
      });
      if (request.critical) {
        await critical.mark(tx, record, viewer, {
          row: before,
          versionId: made.id,
          mark: request.critical,
        });
      }
      return made;
    });
  }

  /**
   * Adds a version to the viewer's own newest reading.
   *
   * @throws NOT_OWN_READING, READING_SUPERSEDED, DECISION_MISMATCH,
   *   OVERRIDE_REASON_REQUIRED, NOT_DIAGNOSTIC_REASON_REQUIRED,
   *   CHEST_FILM_UNCONFIRMED or BAD_USER_INPUT.
   */
  amend(viewer: Viewer, request: AmendRequest): Promise<ReadingVersion> {
    assertUserCan(viewer, "reading:amend");
    const amendReason = requiredText(request.amendReason);
    const { audit, clock, policies } = this.#deps;
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
      assertNotDiagnostic(decision);
      assertConsistent(decision, opinionOf(prediction));
      assertChestFilm(
        decision.label,
        before,
        // Said once of a film, it need not be said again.
        request.confirmsChestFilm === true || earlier.label === "NORMAL",
      );
      const films = await filmsOfStudy(tx, before.studyId);
      const marks = checkMarks(
        request.marks?.map(keptMark) ?? readMarks(earlier.marks),
        films,
      );
      const findings = findingsOf(request, marks.length, earlier);
      const { label } = decision;
      await dropKeptText(tx, viewer, "AMENDMENT", earlier.id);
      return amendCase(tx, record, before, earlier, {
        ...signedVersion(decision, clock.now(), {
          predictionId,
          marks,
          report: amendedReport(request, earlier),
          findings,
          amendReason,
        }),
        ...(await this.#deps.secondReads.besideAmendment(tx, before, {
          label,
          findings,
        })),
      });
    });
  }

  /** Whether the viewer may amend the case's newest version. */
  canAmend(viewer: Viewer, row: Case, newest: ReadingVersion | null): boolean {
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

/** Whether the reader knew what the case shows of the AI when signing. */
function wasShown(
  reading: Reading | null,
  shown: PredictionFacts | null,
  seen: object | null,
): shown is PredictionFacts {
  if (shown === null) return false;
  if (seen !== null) return true;
  return (
    reading?.revealedAt !== null && reading?.revealedPredictionId === shown.id
  );
}

/** Whether nobody who signs the case now was shown the AI by this desk. */
function isAiClosedTo(row: Case, { secondReads }: PolicyDocument): boolean {
  if (row.state !== "SIGNED") return row.isControl;
  return stageOfSecond(row) === "SECOND" && secondReads.blindToAi;
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

/** What the reader said before anything of the AI was shown; null without. */
function blindOpinion(reading: Reading | null): Label | null {
  return reading?.opinionIsBlind ? reading.opinion : null;
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
