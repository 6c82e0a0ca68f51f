import type { DatabaseClient, Patient, Tx } from "@lung-iris/prisma";

/** A film with what its assessment needs to know. */
export interface FilmToAssess {
  id: string;
  sha256: string;
  studyId: string;
  ageYears: number | null;
  sex: Patient["sex"];
  /** Age and sex as one text; a prediction notes the one it was made with. */
  basis: string;
  /** What the model's newest prediction was made with; null without one. */
  predictedBasis: string | null;
  /** Number of that prediction; 0 without one. */
  revision: number;
}

/** Whether the model has spoken, told what is known now. */
export function isPredicted(film: FilmToAssess): boolean {
  return film.predictedBasis === film.basis;
}

/** One film, read in one query: jobs come by the hundred. */
export async function findFilm(
  client: DatabaseClient | Tx,
  imageId: string,
  modelVersionId: string,
): Promise<FilmToAssess | null> {
  const [film] = await client.$queryRaw<FilmToAssess[]>`
    SELECT "Image"."id", "Image"."sha256", "Image"."studyId",
      "Study"."patientAgeYears" AS "ageYears", "Patient"."sex"::text AS "sex",
      concat_ws(' ', 'age=' || "Study"."patientAgeYears",
        'sex=' || "Patient"."sex") AS "basis",
      newest."basis" AS "predictedBasis",
      coalesce(newest."revision", 0) AS "revision"
    FROM "Image"
    JOIN "Study" ON "Study"."id" = "Image"."studyId"
    JOIN "Patient" ON "Patient"."id" = "Study"."patientId"
    LEFT JOIN LATERAL (
      SELECT "basis", "revision" FROM "Prediction"
      WHERE "imageId" = "Image"."id"
        AND "modelVersionId" = ${modelVersionId}::uuid
      ORDER BY "revision" DESC LIMIT 1) AS newest ON true
    WHERE "Image"."id" = ${imageId}::uuid`;
  return film ?? null;
}
