import type { DatabaseClient } from "@lung-iris/prisma";

/** What refers to a film beside its study: looked at before it is corrected. */

/** Marks on a film, as drafted and as signed last by each reader of a case. */
export async function countMarks(
  client: DatabaseClient,
  imageId: string,
  caseIds: readonly string[],
): Promise<number> {
  const [row] = await client.$queryRaw<{ marks: number }[]>`
    SELECT count(*)::int AS "marks" FROM (
      SELECT m."mark" FROM "Reading" r
      CROSS JOIN jsonb_array_elements(
        CASE jsonb_typeof(r."draft" -> 'marks') WHEN 'array'
          THEN r."draft" -> 'marks' ELSE '[]'::jsonb END) m("mark")
      WHERE r."caseId" = ANY (${[...caseIds]}::uuid[]) AND r."state" <> 'SIGNED'
      UNION ALL
      SELECT m."mark" FROM (
        SELECT DISTINCT ON (v."readingId") v."marks" FROM "ReadingVersion" v
        WHERE v."caseId" = ANY (${[...caseIds]}::uuid[])
        ORDER BY v."readingId", v."version" DESC) newest
      CROSS JOIN jsonb_array_elements(newest."marks") m("mark")) all_marks
    WHERE "mark" ->> 'imageId' = ${imageId}`;
  return row?.marks ?? 0;
}

/** Exports made so far that hold the film. */
export async function countExports(
  client: DatabaseClient,
  imageId: string,
): Promise<number> {
  return client.dataset.count({ where: { members: { some: { imageId } } } });
}
