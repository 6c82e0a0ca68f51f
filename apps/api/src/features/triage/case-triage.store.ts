import type { Case, Tx } from "@lung-iris/prisma";
import { caseVerdict, type FilmVerdict } from "./case-verdict.rules.ts";
import {
  FOLLOW_UP_DAYS,
  WAITING_CEILING_MINUTES,
  triage,
  type TriageAssessment,
} from "./triage.rules.ts";

/** Notes on films that are of interest on the worklist. */
const NOTES = ["patient-mismatch", "unknown-patient"];

/**
 * Reads everything that decides where a case stands, decides, and writes the
 * worklist's columns. The caller holds the case's lock and raises `version`
 * itself only where it changed more. `failedImageId`: the film whose job
 * has just ended for good without a prediction.
 */
export async function retriageCase(
  tx: Tx,
  caseId: string,
  now: Date,
  failedImageId: string | null = null,
): Promise<{ before: Case; after: Case }> {
  const found = await tx.case.findUniqueOrThrow({
    where: { id: caseId },
    include: {
      study: {
        include: {
          images: {
            include: {
              predictions: {
                orderBy: { createdAt: "desc" },
                take: 1,
                omit: { cam: true, boxes: true, findings: true },
              },
            },
          },
        },
      },
    },
  });
  const { study, ...before } = found;
  const { images } = study;
  const onTheirWay = await imagesWithJobs(
    tx,
    images.map(({ id }) => id),
  );
  const films = images.map(({ id, predictions: [latest] }): FilmVerdict => {
    if (latest) return verdictOf(latest);
    const isPending = id !== failedImageId && onTheirWay.has(id);
    return { state: isPending ? "pending" : "failed" };
  });
  const { assessment, hasFailedFilm } = caseVerdict(films);
  const warnings = new Set(images.flatMap((image) => image.warnings));
  const ceiling = now.getTime() - WAITING_CEILING_MINUTES * 60_000;
  const { urgency, reasons } = triage({
    assessment,
    hasFailedFilm,
    clinicalFlags: study.clinicalFlags,
    ageYears: study.patientAgeYears,
    priorPneumonia: await hadPneumonia(tx, before, study.studiedAt),
    waitedTooLong:
      before.state === "WAITING" && before.arrivedAt.getTime() <= ceiling,
    notes: NOTES.filter((note) => warnings.has(note)),
  });
  const after = await tx.case.update({
    where: { id: caseId },
    data: { ...columnsOf(assessment), urgency, urgencyReasons: reasons },
  });
  return { before, after };
}

function verdictOf(prediction: {
  probability: number | null;
  threshold: number | null;
  gateReason: string | null;
}): FilmVerdict {
  const { probability, threshold, gateReason } = prediction;
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

/** Films with a job that has a try left or is running. */
async function imagesWithJobs(
  tx: Tx,
  imageIds: string[],
): Promise<Set<string>> {
  const keys = imageIds.map((id) => `assess-image:${id}`);
  const rows = await tx.$queryRaw<{ key: string }[]>`
    SELECT key FROM graphile_worker._private_jobs
    WHERE key = ANY (${keys}::text[])
      AND (attempts < max_attempts OR locked_at IS NOT NULL)`;
  return new Set(rows.map(({ key }) => key.slice("assess-image:".length)));
}

async function hadPneumonia(
  tx: Tx,
  theCase: Case,
  studiedAt: Date,
): Promise<boolean> {
  const since = new Date(studiedAt.getTime() - FOLLOW_UP_DAYS * 86_400_000);
  const prior = await tx.case.findFirst({
    where: {
      patientId: theCase.patientId,
      siteId: theCase.siteId,
      id: { not: theCase.id },
      state: "SIGNED",
      study: { studiedAt: { gte: since, lt: studiedAt } },
    },
    orderBy: { study: { studiedAt: "desc" } },
    select: { decidedLabel: true },
  });
  return prior?.decidedLabel === "PNEUMONIA";
}
