import { Prisma } from "@lung-iris/prisma";
import type {
  DatabaseClient,
  LabelGrade,
  ModelVersion,
  Tx,
} from "@lung-iris/prisma";
import { LEADING_FINDING } from "../findings/finding-catalogue.ts";
import { readCurrentRoles } from "../models/current-roles.ts";
import { rolesAt } from "../models/model-roles.rules.ts";

/** Whose cases are counted. */
export interface DeskGroup {
  siteId: string;
  modelVersionId: string;
  /** "child" or "adult". */
  ageGroup: string;
}

/** The model that new films of the site go to; null where none is live. */
export async function liveModelAt(
  client: DatabaseClient | Tx,
  siteId: string,
): Promise<ModelVersion | null> {
  const { live } = rolesAt(siteId, await readCurrentRoles(client));
  return live === null
    ? null
    : client.modelVersion.findUnique({ where: { id: live } });
}

/** How many decided cases lie between two thresholds, as they were decided. */
export interface DecidedCount {
  /** 0: below the first threshold; i: at least the i-th. */
  bin: number;
  isPresent: boolean;
  grade: LabelGrade;
  cases: number;
}

/** Patients from whom nothing is to be learnt are not in it. */
const MAY_BE_LEARNT_FROM = Prisma.sql`NOT EXISTS (
  SELECT 1 FROM "LearningWithdrawal" w
  WHERE w."patientId" = s."patientId" AND w."liftedAt" IS NULL)`;

/** Decided cases by what the model said of them; `thresholds` ascending. */
export function countDecided(
  client: DatabaseClient | Tx,
  { siteId, modelVersionId, ageGroup }: DeskGroup,
  thresholds: readonly number[],
): Promise<DecidedCount[]> {
  return client.$queryRaw<DecidedCount[]>`
    /* threshold desk */ SELECT
      width_bucket(s."probability", ${[...thresholds]}::float8[]) AS "bin",
      s."isPresent", s."grade", count(*)::int AS "cases"
    FROM "DecidedScore" s
    WHERE s."siteId" = ${siteId}::uuid AND s."ageGroup" = ${ageGroup}
      AND s."modelVersionId" = ${modelVersionId}::uuid
      AND ${MAY_BE_LEARNT_FROM}
    GROUP BY 1, 2, 3`;
}

/** How cases share out among patients: sums of squares of cases a patient. */
export interface PatientSums {
  patients: number;
  ofPositives: number;
  ofNegatives: number;
  ofAll: number;
}

/** The patients of the decided cases of some grades. */
export async function patientSums(
  client: DatabaseClient | Tx,
  { siteId, modelVersionId, ageGroup }: DeskGroup,
  grades: readonly LabelGrade[],
): Promise<PatientSums> {
  const [row] = await client.$queryRaw<PatientSums[]>`
    /* threshold desk: patients */ SELECT count(*)::int AS "patients",
      coalesce(sum(p."with" ^ 2), 0)::float8 AS "ofPositives",
      coalesce(sum(p."without" ^ 2), 0)::float8 AS "ofNegatives",
      coalesce(sum((p."with" + p."without") ^ 2), 0)::float8 AS "ofAll"
    FROM (
      SELECT (count(*) FILTER (WHERE s."isPresent"))::float8 AS "with",
        (count(*) FILTER (WHERE NOT s."isPresent"))::float8 AS "without"
      FROM "DecidedScore" s
      WHERE s."siteId" = ${siteId}::uuid AND s."ageGroup" = ${ageGroup}
        AND s."modelVersionId" = ${modelVersionId}::uuid
        AND s."grade" = ANY (${[...grades]}::text[]::"LabelGrade"[])
        AND ${MAY_BE_LEARNT_FROM}
      GROUP BY s."patientId") p`;
  if (row === undefined) throw new Error("a sum without a row");
  return row;
}

/** Cases that came in and were assessed. */
export interface ArrivedCount {
  /** As in `DecidedCount`; null for those that another model assessed. */
  bin: number | null;
  cases: number;
  /** Arrival of the first of them. */
  first: Date;
}

/**
 * Assessed cases of the group that came in since, decided or not. Control
 * cases count from their signature on: until then nobody is told.
 */
export function countArrived(
  client: DatabaseClient | Tx,
  { siteId, modelVersionId, ageGroup }: DeskGroup,
  thresholds: readonly number[],
  since: Date,
): Promise<ArrivedCount[]> {
  return client.$queryRaw<ArrivedCount[]>`
    /* threshold desk: a day */ SELECT
      CASE WHEN p."modelVersionId" = ${modelVersionId}::uuid THEN
        width_bucket(c."probability", ${[...thresholds]}::float8[]) END AS "bin",
      count(*)::int AS "cases", min(c."arrivedAt") AS "first"
    FROM "Case" c
    JOIN "Prediction" p ON p."id" = c."shownPredictionId"
    JOIN "PredictionFinding" f ON f."predictionId" = p."id"
      AND f."code" = ${LEADING_FINDING} AND f."ageGroup" = ${ageGroup}
    WHERE c."siteId" = ${siteId}::uuid AND c."arrivedAt" >= ${since}
      AND c."assessment" = 'ASSESSED'
      AND NOT (c."isControl" AND c."state" <> 'SIGNED')
    GROUP BY 1`;
}
