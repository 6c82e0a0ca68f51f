import { Prisma } from "@lung-iris/prisma";
import type { DatabaseClient, Decision, Label } from "@lung-iris/prisma";
import { LEADING_FINDING } from "../findings/finding-catalogue.ts";

/** One signed reading of a reader: its first version and its newest. */
export interface OwnReading {
  patientId: string;
  startedAt: Date;
  signedAt: Date;
  /** Before the AI was shown, where nothing of it had been; else null. */
  blindOpinion: Label | null;
  /** As signed first. */
  label: Label;
  decision: Decision;
  overrideReason: string | null;
  /** As it stands now. */
  newestLabel: Label;
  versions: number;
  /**
   * What two readers or a third one came to, where the case was read further;
   * null elsewhere, and for who decided it alone.
   */
  settledLabel: Label | null;
  /** What the AI said of the film; null where it had not assessed it. */
  probability: number | null;
  threshold: number | null;
}

/** More than anybody signs in a year. */
export const MOST_READINGS = 50_000;

/** What a reader has signed since a time, the newest first. */
export function ownReadings(
  client: DatabaseClient,
  readerId: string,
  siteIds: readonly string[],
  since: Date,
): Promise<OwnReading[]> {
  return client.$queryRaw<OwnReading[]>`
    /* my reading */ SELECT c."patientId"::text AS "patientId", r."startedAt",
      v."signedAt",
      CASE WHEN r."opinionIsBlind" THEN r."opinion" END AS "blindOpinion",
      v."label", v."decision", v."overrideReason", n."label" AS "newestLabel",
      n."version" AS "versions", settled."label" AS "settledLabel",
      f."probability",
      CASE WHEN f."probability" IS NOT NULL
        THEN coalesce(c."threshold", f."ownThreshold") END AS "threshold"
    FROM "ReadingVersion" v
    JOIN "Reading" r ON r."id" = v."readingId"
    JOIN "Case" c ON c."id" = v."caseId"
    JOIN LATERAL (
      SELECT w."label", w."version" FROM "ReadingVersion" w
      WHERE w."readingId" = v."readingId"
      ORDER BY w."version" DESC LIMIT 1) n ON TRUE
    LEFT JOIN LATERAL (
      SELECT l."label" FROM "CaseLabel" l
      WHERE l."caseId" = v."caseId" AND l."until" IS NULL
        AND l."grade" IN ('TWO_AGREE', 'ADJUDICATED')
        AND r."stage" <> 'ADJUDICATION'
        -- Not that of a film which came later.
        AND NOT EXISTS (SELECT 1 FROM "Reading" o
          WHERE o."caseId" = v."caseId" AND o."stage" = 'PRIMARY'
            AND o."state" = 'SIGNED' AND o."endedAt" > v."signedAt")) settled
      ON TRUE
    LEFT JOIN "PredictionFinding" f
      ON f."predictionId" = v."predictionId" AND f."code" = ${LEADING_FINDING}
    WHERE v."readerId" = ${readerId}::uuid AND v."signedAt" >= ${since}
      AND v."version" = 1
      AND v."siteId" IN (${Prisma.join(siteIds.map((id) => Prisma.sql`${id}::uuid`))})
    ORDER BY v."signedAt" DESC LIMIT ${MOST_READINGS}`;
}
