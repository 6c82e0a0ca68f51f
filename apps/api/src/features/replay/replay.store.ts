import type { DatabaseClient } from "@lung-iris/prisma";
import type { Label, CaseState, AssessmentState } from "@lung-iris/prisma";

export interface ReplayRow {
  arrivedAt: Date;
  state: CaseState;
  assessment: AssessmentState;
  notAssessedReason: string | null;
  isControl: boolean;
  probability: number | null;
  threshold: number | null;
  decidedLabel: Label | null;
  urgencyReasons: string[];
  clinicalFlags: string[];
  patientAgeYears: number | null;
}

/** Cases that came to a site within a time, by arrival, up to `limit`. */
export function casesArrived(
  client: DatabaseClient,
  siteId: string,
  from: Date,
  to: Date,
  limit: number,
): Promise<ReplayRow[]> {
  return client.$queryRaw<ReplayRow[]>`
    /* replay cases */ SELECT c."arrivedAt", c."state", c."assessment",
      c."notAssessedReason", c."isControl", c."probability", c."threshold",
      c."decidedLabel", c."urgencyReasons", s."clinicalFlags",
      s."patientAgeYears"
    FROM "Case" c JOIN "Study" s ON s."id" = c."studyId"
    WHERE c."siteId" = ${siteId}::uuid
      AND c."arrivedAt" >= ${from} AND c."arrivedAt" < ${to}
    ORDER BY c."arrivedAt", c."id" LIMIT ${limit}`;
}
