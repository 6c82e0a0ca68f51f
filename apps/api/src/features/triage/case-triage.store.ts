import type { Case, Tx } from "@lung-iris/prisma";
import type { Placement } from "../cases/case.commands.ts";
import { caseVerdict, type FilmVerdict } from "./case-verdict.rules.ts";
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
  const films = await readFilms(tx, row.studyId);
  const facts = await readFacts(tx, row);
  const verdict = caseVerdict(
    films.map((film) => verdictOf(film, film.id === failedImageId)),
  );
  const warnings = new Set(films.flatMap((film) => film.warnings));
  const ceiling = now.getTime() - WAITING_CEILING_MINUTES * 60_000;
  const { urgency, reasons } = triage({
    ...verdict,
    clinicalFlags: facts.clinicalFlags,
    ageYears: facts.ageYears,
    priorPneumonia: facts.priorLabel === "PNEUMONIA",
    waitedTooLong:
      row.state === "WAITING" && row.arrivedAt.getTime() <= ceiling,
    notes: [
      ...NOTES.filter((note) => warnings.has(note)),
      ...(row.reopenedAt === null ? [] : ["reopened"]),
    ],
  });
  return {
    ...columnsOf(verdict.assessment),
    urgency,
    urgencyReasons: reasons,
  };
}

interface FilmRow {
  id: string;
  warnings: string[];
  /** Null where the film has no prediction yet. */
  predictionId: string | null;
  probability: number | null;
  threshold: number | null;
  gateReason: string | null;
  /** Its job has a try left or is running. */
  isOnItsWay: boolean;
}

/** The study's films, each with its newest prediction. */
function readFilms(tx: Tx, studyId: string): Promise<FilmRow[]> {
  return tx.$queryRaw<FilmRow[]>`
    SELECT "Image"."id", "Image"."warnings", newest."id" AS "predictionId",
      newest."probability", newest."threshold", newest."gateReason",
      EXISTS (SELECT 1 FROM graphile_worker._private_jobs AS jobs
        WHERE jobs.key = 'assess-image:' || "Image"."id"::text
          AND (jobs.attempts < jobs.max_attempts OR jobs.locked_at IS NOT NULL)
      ) AS "isOnItsWay"
    FROM "Image" LEFT JOIN LATERAL (
      SELECT "id", "probability", "threshold", "gateReason" FROM "Prediction"
      WHERE "imageId" = "Image"."id" ORDER BY "createdAt" DESC, "id" DESC LIMIT 1
    ) AS newest ON true
    WHERE "Image"."studyId" = ${studyId}::uuid`;
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

function verdictOf(film: FilmRow, hasJustFailed: boolean): FilmVerdict {
  const { predictionId, probability, threshold, gateReason } = film;
  if (predictionId === null) {
    const isPending = film.isOnItsWay && !hasJustFailed;
    return { state: isPending ? "pending" : "failed" };
  }
  if (probability !== null && threshold !== null) {
    return { state: "assessed", probability, threshold };
  }
  return { state: "refused", reason: gateReason ?? "unreadable" };
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
