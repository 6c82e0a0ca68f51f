import type { DatabaseClient, Patient } from "@lung-iris/prisma";

/** A film with what its assessment needs to know. */
export interface FilmToAssess {
  id: string;
  sha256: string;
  studyId: string;
  ageYears: number | null;
  sex: Patient["sex"];
  /** The model has spoken already: the job runs again. */
  isPredicted: boolean;
}

/** One film, read in one query: jobs come by the hundred. */
export async function findFilm(
  client: DatabaseClient,
  imageId: string,
  modelVersionId: string,
): Promise<FilmToAssess | null> {
  const [film] = await client.$queryRaw<FilmToAssess[]>`
    SELECT "Image"."id", "Image"."sha256", "Image"."studyId",
      "Study"."patientAgeYears" AS "ageYears", "Patient"."sex"::text AS "sex",
      EXISTS (SELECT 1 FROM "Prediction"
        WHERE "Prediction"."imageId" = "Image"."id"
          AND "Prediction"."modelVersionId" = ${modelVersionId}::uuid
      ) AS "isPredicted"
    FROM "Image"
    JOIN "Study" ON "Study"."id" = "Image"."studyId"
    JOIN "Patient" ON "Patient"."id" = "Study"."patientId"
    WHERE "Image"."id" = ${imageId}::uuid`;
  return film ?? null;
}
