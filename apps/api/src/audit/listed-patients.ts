import { Prisma } from "@lung-iris/prisma";

/** Events that are about many patients at once, and name them. */
const LISTS = ["worklist.viewed", "audit.searched", "dataset.patients-listed"];
const EXPORTS = ["dataset.created", "dataset.downloaded"];

/**
 * Lists that showed the patients, and what became of exports that hold them.
 * OFFSET 0: an index of names finds few rows, while the planner would walk
 * the whole trail for the newest.
 */
export function listsOfPatients(
  types: readonly string[],
  patients: Prisma.Sql,
  wanted: Prisma.Sql,
): Prisma.Sql {
  const named = Prisma.sql`(e."content"::jsonb #> '{details,patientIds}')
    @> jsonb_build_array(p."id"::text)`;
  const isList = Prisma.sql`e."type" IN ('worklist.viewed', 'audit.searched',
    'dataset.patients-listed')`;
  const parts: Prisma.Sql[] = [];
  if (LISTS.some((type) => types.includes(type)))
    parts.push(Prisma.sql`UNION SELECT w."seq" FROM ${patients}
      CROSS JOIN LATERAL (
        SELECT e."seq" FROM "AuditEvent" e
        WHERE ${isList} AND ${named} AND ${wanted} OFFSET 0) w`);
  if (types.includes("worklist.viewed"))
    // As former releases wrote them: by cases, which patients have.
    parts.push(Prisma.sql`UNION SELECT w."seq" FROM ${patients}
      JOIN "Case" c ON c."patientId" = p."id" CROSS JOIN LATERAL (
        SELECT e."seq" FROM "AuditEvent" e
        WHERE e."type" = 'worklist.viewed'
          AND (e."content"::jsonb #> '{details,patientIds}') IS NULL
          AND (e."content"::jsonb #> '{details,caseIds}')
            @> jsonb_build_array(c."id"::text)
          AND ${wanted} OFFSET 0) w`);
  if (EXPORTS.some((type) => types.includes(type)))
    parts.push(Prisma.sql`UNION SELECT w."seq" FROM (
        SELECT DISTINCT l."id" FROM ${patients} CROSS JOIN LATERAL (
          SELECT e."subjectId" AS "id" FROM "AuditEvent" e
          WHERE ${isList} AND ${named}
            AND e."type" = 'dataset.patients-listed' OFFSET 0) l) d
      CROSS JOIN LATERAL (
        SELECT e."seq" FROM "AuditEvent" e
        WHERE e."subjectId" = d."id"
          AND e."type" IN ('dataset.created', 'dataset.downloaded')
          AND ${wanted}) w`);
  return parts.length === 0 ? Prisma.sql`` : Prisma.join(parts, " ");
}
