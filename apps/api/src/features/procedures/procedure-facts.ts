import { Prisma } from "@lung-iris/prisma";
import type {
  Case,
  DatabaseClient,
  ProcedureMoment,
  Tx,
} from "@lung-iris/prisma";
import { LEADING_FINDING } from "../findings/finding-catalogue.ts";
import { policyAt } from "../policies/site-policies.ts";
import { judgeFindings } from "../predictions/judged-findings.ts";
import type { CaseFacts } from "./procedure.rules.ts";

/** A case at a moment, with the facts of it that count then. */
export interface FactRow extends CaseFacts {
  id: string;
}

type Asked = Pick<
  Case,
  "id" | "siteId" | "policyVersion" | "isControl" | "state"
>;

/**
 * The facts of cases of one site at a moment; without those to which the
 * moment has not come.
 */
export async function factsAt(
  client: DatabaseClient | Tx,
  moment: ProcedureMoment,
  rows: readonly Asked[],
): Promise<FactRow[]> {
  const [first] = rows;
  if (first === undefined) return [];
  const ids = rows.map(({ id }) => id);
  const found = await foundAt(client, moment, rows);
  const facts = await client.$queryRaw<Omit<FactRow, "found">[]>`
    SELECT c."id"::text AS "id", s."clinicalFlags", s."modality",
      s."ward", s."patientAgeYears" AS "ageYears"
    FROM "Case" c JOIN "Study" s ON s."id" = c."studyId"
    WHERE c."id" = ANY (${ids}::uuid[])`;
  return facts.flatMap((fact) => {
    const codes = moment === "ARRIVAL" ? [] : found.get(fact.id);
    return codes === undefined ? [] : [{ ...fact, found: codes }];
  });
}

function foundAt(
  client: DatabaseClient | Tx,
  moment: ProcedureMoment,
  rows: readonly Asked[],
): Promise<Map<string, string[]>> {
  const ids = rows.map(({ id }) => id);
  switch (moment) {
    case "ARRIVAL":
      return Promise.resolve(new Map<string, string[]>());
    case "AI":
      return foundByAi(client, rows);
    case "READING":
      return foundBySql(client, signedFindings(ids));
    case "CRITICAL":
      return foundBySql(client, criticalFindings(ids));
  }
}

async function foundBySql(
  client: DatabaseClient | Tx,
  query: Prisma.Sql,
): Promise<Map<string, string[]>> {
  const rows = await client.$queryRaw<{ id: string; codes: string[] }[]>(query);
  return new Map(rows.map(({ id, codes }) => [id, codes]));
}

/** What readings signed last say is there or may be: care comes before doubt. */
function signedFindings(ids: readonly string[]): Prisma.Sql {
  return Prisma.sql`
    SELECT v."caseId"::text AS "id", coalesce(array_agg(DISTINCT f."code")
      FILTER (WHERE f."code" IS NOT NULL), '{}') AS "codes"
    FROM (
      SELECT DISTINCT ON ("readingId") "caseId", "label", "findings"
      FROM "ReadingVersion" WHERE "caseId" = ANY (${[...ids]}::uuid[])
      ORDER BY "readingId", "version" DESC
    ) v LEFT JOIN LATERAL (
      SELECT said->>'code' AS "code"
      FROM jsonb_array_elements(v."findings") AS said
      WHERE said->>'presence' <> 'ABSENT'
      UNION ALL
      SELECT ${LEADING_FINDING} WHERE v."label" = 'PNEUMONIA'
    ) f ON true
    GROUP BY v."caseId"`;
}

function criticalFindings(ids: readonly string[]): Prisma.Sql {
  return Prisma.sql`
    SELECT "caseId"::text AS "id", coalesce(array_agg(DISTINCT "finding")
      FILTER (WHERE "finding" IS NOT NULL), '{}') AS "codes"
    FROM "CriticalResult"
    WHERE "caseId" = ANY (${[...ids]}::uuid[]) AND "state" <> 'WITHDRAWN'
    GROUP BY "caseId"`;
}

/**
 * What the answers that the cases show count as positive, by the policy that
 * placed each. The AI of a control case stays closed until that is signed, so
 * it begins nothing before.
 */
async function foundByAi(
  client: DatabaseClient | Tx,
  rows: readonly Asked[],
): Promise<Map<string, string[]>> {
  const open = rows.filter((row) => !row.isControl || row.state === "SIGNED");
  const shown = await client.case.findMany({
    where: { id: { in: open.map(({ id }) => id) }, assessment: "ASSESSED" },
    select: {
      id: true,
      siteId: true,
      policyVersion: true,
      shown: { select: { findings: true, modelVersion: true } },
    },
  });
  const found = new Map<string, string[]>();
  for (const { id, siteId, policyVersion, shown: answer } of shown) {
    if (answer === null) continue;
    const policy = await policyAt(client, siteId, policyVersion);
    const judged = judgeFindings(answer.findings, answer.modelVersion, policy);
    const positive = judged.filter((finding) => finding.positive);
    found.set(
      id,
      positive.map(({ code }) => code),
    );
  }
  return found;
}
