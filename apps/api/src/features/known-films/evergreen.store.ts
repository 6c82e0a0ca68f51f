import type { DatabaseClient } from "@lung-iris/prisma";

/** A decided film of a site, with its patient. */
export interface DecidedFilm {
  imageId: string;
  sha256: string;
  quarterTurns: number;
  isMirrored: boolean;
  patientId: string;
  isSick: boolean;
  ageYears: number | null;
  sex: "FEMALE" | "MALE" | "OTHER" | "UNKNOWN";
  source: string | null;
  /** `CaseLabel.regions`. */
  regions: unknown;
}

const PAGE = 2_000;

/**
 * The site's films of cases whose label is normal or pneumonia, newest first,
 * page by page. Patients withdrawn from learning are left out: a judgement
 * decides what learns on.
 */
export async function* decidedFilms(
  client: DatabaseClient,
  siteId: string,
): AsyncGenerator<DecidedFilm> {
  let before: string | null = null;
  for (;;) {
    const rows: (DecidedFilm & { labelId: string })[] = await client.$queryRaw`
      SELECT l."id"::text AS "labelId", i."id"::text AS "imageId", i."sha256",
        i."quarterTurns", i."isMirrored",
        s."patientId"::text AS "patientId", l."label" = 'PNEUMONIA' AS "isSick",
        s."patientAgeYears" AS "ageYears", p."sex"::text AS "sex",
        coalesce(nullif(e."manufacturer", ''), nullif(e."station", '')) AS "source",
        l."regions"
      FROM (
        SELECT * FROM "CaseLabel"
        WHERE "siteId" = ${siteId}::uuid AND "until" IS NULL
          AND "label" IN ('NORMAL', 'PNEUMONIA')
          AND (${before}::uuid IS NULL OR "id" < ${before}::uuid)
        ORDER BY "id" DESC LIMIT ${PAGE}) l
      JOIN "Case" c ON c."id" = l."caseId"
      JOIN "Study" s ON s."id" = c."studyId"
      JOIN "Patient" p ON p."id" = s."patientId"
      JOIN "Image" i ON i."studyId" = s."id" AND i."removedAt" IS NULL
      LEFT JOIN "Series" e ON e."id" = i."seriesId"
      ORDER BY l."id" DESC, i."id"`;
    const last = rows.at(-1);
    if (last === undefined) return;
    const withdrawn = await client.learningWithdrawal.findMany({
      where: {
        liftedAt: null,
        patientId: { in: [...new Set(rows.map((row) => row.patientId))] },
      },
      select: { patientId: true },
    });
    const left = new Set(withdrawn.map(({ patientId }) => patientId));
    for (const row of rows) if (!left.has(row.patientId)) yield row;
    before = last.labelId;
  }
}

/** Ids of all patients of a site, page by page. */
export async function* patientsOfSite(
  client: DatabaseClient,
  siteId: string,
): AsyncGenerator<string> {
  let after: string | null = null;
  for (;;) {
    const rows: { id: string }[] = await client.patient.findMany({
      where: { siteId, ...(after === null ? {} : { id: { gt: after } }) },
      select: { id: true },
      orderBy: { id: "asc" },
      take: PAGE,
    });
    const last = rows.at(-1);
    if (last === undefined) return;
    for (const { id } of rows) yield id;
    after = last.id;
  }
}
