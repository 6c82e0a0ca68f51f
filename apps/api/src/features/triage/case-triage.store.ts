import type { Case, Tx } from "@lung-iris/prisma";
import type { Clock } from "../../platform/clock.ts";
import type { CaseCommands, Placement } from "../cases/case.commands.ts";
import { labelOfLeading } from "../findings/finding-labels.ts";
import type { PlaceCase } from "../predictions/assessment.service.ts";
import { answeredFilms } from "../predictions/film-answers.ts";
import { chooseShown } from "../predictions/shown-prediction.rules.ts";
import {
  FOLLOW_UP_DAYS,
  WAITING_CEILING_MINUTES,
  triage,
  type TriageAssessment,
} from "./triage.rules.ts";

/** Notes on films that are of interest on the worklist. */
const NOTES = [
  "patient-mismatch",
  "study-of-two-patients",
  "changed-resend",
  "unknown-patient",
  "age-contradicts-birth-date",
];

/**
 * Reads everything that decides where a case stands and decides. The caller
 * holds the lock of the case. `failedImageId`: the film whose job has just
 * ended for good without a prediction.
 */
export async function placementOf(
  tx: Tx,
  row: Case,
  now: Date,
  failedImageId: string | null = null,
): Promise<Placement> {
  const films = await answeredFilms(tx, row, null, failedImageId);
  const facts = await readFacts(tx, row);
  const shown = chooseShown(films.map(({ answer }) => answer));
  const warnings = new Set(films.flatMap((film) => film.warnings));
  const ceiling = now.getTime() - WAITING_CEILING_MINUTES * 60_000;
  const { urgency, reasons } = triage({
    assessment: shown.assessment,
    hasFailedFilm: shown.hasFailedFilm,
    clinicalFlags: facts.clinicalFlags,
    ageYears: facts.ageYears,
    priorPneumonia: facts.priorLabel === labelOfLeading,
    waitedTooLong:
      row.state === "WAITING" && row.arrivedAt.getTime() <= ceiling,
    notes: [
      ...NOTES.filter((note) => warnings.has(note)),
      ...(row.reopenedAt === null ? [] : ["reopened"]),
    ],
  });
  return {
    ...columnsOf(shown.assessment),
    shownPredictionId: shown.predictionId,
    urgency,
    urgencyReasons: reasons,
  };
}

/**
 * Places a case, whose lock is held, by these rules: what the assessment of a
 * film and its failure for good lead to.
 */
export function placeByRules(commands: CaseCommands, clock: Clock): PlaceCase {
  return async (tx, record, before, why) => {
    const failed = why.cause === "failed" ? why.imageId : null;
    const placement = await placementOf(tx, before, clock.now(), failed);
    return commands.place(tx, record, before, placement, why);
  };
}

interface CaseFacts {
  clinicalFlags: string[];
  ageYears: number | null;
  /** What the patient's last signed film of the weeks before showed. */
  priorLabel: Case["decidedLabel"];
}

async function readFacts(tx: Tx, theCase: Case): Promise<CaseFacts> {
  const [facts] = await tx.$queryRaw<CaseFacts[]>`
    SELECT "Study"."clinicalFlags", "Study"."patientAgeYears" AS "ageYears",
      (SELECT prior."decidedLabel"::text FROM "Case" AS prior
        JOIN "Study" AS earlier ON earlier."id" = prior."studyId"
        WHERE prior."patientId" = ${theCase.patientId}::uuid
          AND prior."siteId" = ${theCase.siteId}::uuid
          AND prior."id" <> ${theCase.id}::uuid AND prior."state" = 'SIGNED'
          AND earlier."studyDate" >= "Study"."studyDate" - ${FOLLOW_UP_DAYS}::int
          AND (earlier."studyDate" < "Study"."studyDate"
            OR (earlier."studyDate" = "Study"."studyDate"
              AND earlier."studyTime" < "Study"."studyTime"))
        ORDER BY earlier."studyDate" DESC, earlier."studyTime" DESC NULLS LAST
        LIMIT 1) AS "priorLabel"
    FROM "Study" WHERE "Study"."id" = ${theCase.studyId}::uuid`;
  if (!facts) throw new Error("a case without its study");
  return facts;
}

function columnsOf(assessment: TriageAssessment) {
  const empty = {
    notAssessedReason: null,
    probability: null,
    threshold: null,
  };
  switch (assessment.state) {
    case "pending":
      return { ...empty, assessment: "PENDING" as const };
    case "not-assessed":
      return {
        ...empty,
        assessment: "NOT_ASSESSED" as const,
        notAssessedReason: assessment.reason,
      };
    case "assessed": {
      const { probability, threshold } = assessment;
      return {
        ...empty,
        assessment: "ASSESSED" as const,
        probability,
        threshold,
      };
    }
  }
}
