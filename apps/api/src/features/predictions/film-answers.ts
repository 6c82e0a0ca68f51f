import type { Tx } from "@lung-iris/prisma";
import { LEADING_FINDING } from "../findings/finding-catalogue.ts";
import { readCurrentRoles } from "../models/current-roles.ts";
import { rolesAt } from "../models/model-roles.rules.ts";
import type { FilmAnswer } from "./shown-prediction.rules.ts";
import {
  thresholdFor,
  type ThresholdPolicy,
} from "../policies/threshold.rules.ts";

/** One film of a study with what the site's live model says of it. */
export interface AnsweredFilm {
  id: string;
  /** Codes of what a human should know of it. */
  warnings: string[];
  answer: FilmAnswer;
}

interface FilmRow {
  id: string;
  studyId: string;
  warnings: string[];
  /** Null where the live model has not spoken. */
  predictionId: string | null;
  gateReason: string | null;
  probability: number | null;
  ownThreshold: number | null;
  ageGroup: string | null;
  fingerprint: string | null;
  /** Its job has a try left or is running. */
  isOnItsWay: boolean;
}

/**
 * The films of studies of one site, by study, as the live model there sees
 * them: only what it said in that role, told what is known now. What shadows
 * and earlier models say counts for nothing.
 *
 * @param failedImageId the film whose job has just ended for good
 */
export async function answeredFilms(
  tx: Tx,
  studies: readonly { siteId: string; studyId: string }[],
  policy: ThresholdPolicy,
  failedImageId: string | null = null,
): Promise<Map<string, AnsweredFilm[]>> {
  const byStudy = new Map<string, AnsweredFilm[]>();
  const [first] = studies;
  if (first === undefined) return byStudy;
  const { live } = rolesAt(first.siteId, await readCurrentRoles(tx));
  const ids = studies.map(({ studyId }) => studyId);
  for (const row of await readFilms(tx, ids, live)) {
    const film = answeredFilm(row, { live, policy, failedImageId });
    byStudy.set(row.studyId, [...(byStudy.get(row.studyId) ?? []), film]);
  }
  return byStudy;
}

function answeredFilm(
  row: FilmRow,
  by: {
    live: string | null;
    policy: ThresholdPolicy;
    failedImageId: string | null;
  },
): AnsweredFilm {
  const { id, warnings, predictionId } = row;
  if (predictionId !== null)
    return { id, warnings, answer: answerOf(row, predictionId, by.policy) };
  // Before the first model every film waits for it.
  const isPending = row.isOnItsWay || by.live === null;
  const state = isPending && id !== by.failedImageId ? "pending" : "failed";
  return { id, warnings, answer: { state } };
}

function readFilms(
  tx: Tx,
  studyIds: readonly string[],
  live: string | null,
): Promise<FilmRow[]> {
  return tx.$queryRaw<FilmRow[]>`
    SELECT "Image"."id", "Image"."studyId"::text AS "studyId", "Image"."warnings", newest."id" AS "predictionId",
      newest."gateReason", finding."probability", finding."ownThreshold",
      finding."ageGroup", "ModelVersion"."fingerprint",
      EXISTS (SELECT 1 FROM graphile_worker._private_jobs AS jobs
        WHERE jobs.key = 'assess-image:' || "Image"."id"::text || ':' || ${live ?? ""}::text
          AND (jobs.attempts < jobs.max_attempts OR jobs.locked_at IS NOT NULL)
      ) AS "isOnItsWay"
    FROM "Image"
    LEFT JOIN LATERAL (
      SELECT "id", "gateReason", "modelVersionId" FROM "Prediction"
      WHERE "imageId" = "Image"."id" AND "role" = 'LIVE'
        AND "modelVersionId" = ${live}::uuid
      ORDER BY "revision" DESC LIMIT 1) AS newest ON true
    LEFT JOIN "ModelVersion" ON "ModelVersion"."id" = newest."modelVersionId"
    LEFT JOIN "PredictionFinding" AS finding
      ON finding."predictionId" = newest."id"
      AND finding."code" = ${LEADING_FINDING}
    WHERE "Image"."studyId" = ANY (${[...studyIds]}::uuid[])
      AND "Image"."removedAt" IS NULL
    ORDER BY "Image"."createdAt", "Image"."id"`;
}

function answerOf(
  row: FilmRow,
  predictionId: string,
  policy: ThresholdPolicy,
): FilmAnswer {
  const { probability, ownThreshold, ageGroup, fingerprint } = row;
  const isAssessed =
    probability !== null &&
    ownThreshold !== null &&
    ageGroup !== null &&
    fingerprint !== null;
  if (!isAssessed) {
    const reason = row.gateReason ?? "unreadable";
    return { state: "refused", predictionId, reason };
  }
  const threshold = thresholdFor(
    { fingerprint, ownThreshold },
    { finding: LEADING_FINDING, ageGroup },
    policy,
  );
  return { state: "assessed", predictionId, probability, threshold };
}
