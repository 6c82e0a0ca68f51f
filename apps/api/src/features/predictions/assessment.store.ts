import { Prisma, readRows, readRowsIn } from "@lung-iris/prisma";
import type {
  DatabaseClient,
  Patient,
  PredictionRole,
  Tx,
} from "@lung-iris/prisma";
import type { PredictionRecord } from "./prediction-record.ts";

/** A film with what its assessment needs to know. */
export interface FilmToAssess {
  id: string;
  sha256: string;
  siteId: string;
  studyId: string;
  patientId: string;
  ageYears: number | null;
  sex: Patient["sex"];
  quarterTurns: number;
  isMirrored: boolean;
  /** The view that somebody said this very film is. */
  viewPosition: string | null;
  /**
   * Age and sex, and what was corrected of how the film lies and was taken, as
   * one text; a prediction notes the one it was made with.
   */
  basis: string;
  /** What the model's newest prediction in its role was made with, or null. */
  predictedBasis: string | null;
  /** Number of the model's newest prediction in any role; 0 without one. */
  revision: number;
}

/** Which model is asked, and what its word counts for. */
export interface AskedModel {
  modelVersionId: string;
  role: PredictionRole;
}

/** Whether the model has spoken, told what is known now. */
export function isPredicted(film: FilmToAssess): boolean {
  return film.predictedBasis === film.basis;
}

/** One film, read in one query: jobs come by the hundred. */
export async function findFilm(
  client: DatabaseClient | Tx,
  imageId: string,
  { modelVersionId, role }: AskedModel,
): Promise<FilmToAssess | null> {
  const [film] = await readRowsIn<FilmToAssess>(
    client,
    Prisma.sql`
    SELECT "Image"."id", "Image"."sha256", "Image"."siteId", "Image"."studyId", "Study"."patientId",
      "Study"."patientAgeYears" AS "ageYears", "Patient"."sex"::text AS "sex",
      "Image"."quarterTurns", "Image"."isMirrored", "Image"."viewPosition",
      concat_ws(' ', 'age=' || "Study"."patientAgeYears",
        'sex=' || "Patient"."sex",
        CASE WHEN "Image"."quarterTurns" <> 0 OR "Image"."isMirrored"
          THEN 'lies=' || "Image"."quarterTurns"
            || CASE WHEN "Image"."isMirrored" THEN 'm' ELSE '' END END,
        CASE WHEN "Image"."viewPosition" = 'LATERAL'
          THEN 'view=LATERAL' END) AS "basis",
      newest."basis" AS "predictedBasis",
      coalesce((SELECT max("revision") FROM "Prediction"
        WHERE "imageId" = "Image"."id"
          AND "modelVersionId" = ${modelVersionId}::uuid), 0) AS "revision"
    FROM "Image"
    JOIN "Study" ON "Study"."id" = "Image"."studyId"
    JOIN "Patient" ON "Patient"."id" = "Study"."patientId"
    LEFT JOIN LATERAL (
      SELECT "basis" FROM "Prediction"
      WHERE "imageId" = "Image"."id"
        AND "modelVersionId" = ${modelVersionId}::uuid
        AND "role" = ${role}::"PredictionRole"
      ORDER BY "revision" DESC LIMIT 1) AS newest ON true
    WHERE "Image"."id" = ${imageId}::uuid AND "Image"."removedAt" IS NULL`,
  );
  return film ?? null;
}

/** The film's site; null where the film is gone. */
export async function siteOfFilm(
  client: DatabaseClient,
  imageId: string,
): Promise<string | null> {
  const [image] = await readRows<{ siteId: string }>(
    client,
    Prisma.sql`SELECT "siteId" FROM "Image" WHERE "id" = ${imageId}::uuid`,
  );
  return image?.siteId ?? null;
}

/** Writes what a model said; false when another worker was first. */
export async function insertPrediction(
  tx: Tx,
  own: {
    id: string;
    imageId: string;
    revision: number;
    basis: string;
  } & AskedModel,
  { prediction, findings, maps }: PredictionRecord,
): Promise<boolean> {
  const { count } = await tx.prediction.createMany({
    data: { ...own, ...prediction },
    skipDuplicates: true,
  });
  if (count === 0) return false;
  if (findings.length === 0) return true;
  // Both at once, by their names: a row of each is a finding's.
  await tx.$executeRaw`
    WITH said AS (
      INSERT INTO "PredictionFinding" ("predictionId", "code", "score",
        "probability", "low", "high", "ownThreshold", "ageGroup", "groupFrom",
        "unsureFrom", "unsureTo", "shown", "boxes")
      SELECT ${own.id}::uuid, f."code", f."score", f."probability", f."low",
        f."high", f."ownThreshold", f."ageGroup", f."groupFrom",
        f."unsureFrom", f."unsureTo", f."shown", f."boxes"
      FROM jsonb_populate_recordset(NULL::"PredictionFinding",
        ${JSON.stringify(findings)}::jsonb) f)
    INSERT INTO "PredictionMap" ("predictionId", "code", "columns", "rows",
      "values", "x", "y", "width", "height")
    SELECT ${own.id}::uuid, m."code", m."columns", m."rows", m."values", m."x",
      m."y", m."width", m."height"
    FROM jsonb_populate_recordset(NULL::"PredictionMap",
      ${JSON.stringify(maps)}::jsonb) m`;
  return true;
}
