import type { Dataset, DatasetSplit, Tx } from "@lung-iris/prisma";
import type { DatabaseClient } from "@lung-iris/prisma";
import { splitsOfPatients } from "../dataset-files/patient-splits.ts";

/** What of a frozen dataset may be learnt from now. */
export interface LearningCounts {
  /** Films of the splits that runs may learn from and choose by. */
  films: number;
  evergreen: number;
  withdrawnPatients: number;
  /** Of the evergreen test now, in another split when it was frozen. */
  evergreenPatients: number;
}

interface PatientOfMembers {
  patientId: string;
  split: DatasetSplit;
  films: number;
  isWithdrawn: boolean;
}

/**
 * Looks at a dataset's members as the world is now: patients are withdrawn,
 * and records merged, after a dataset was frozen.
 *
 * @param secret the installation's; splits come from it
 */
export async function learningCounts(
  client: DatabaseClient | Tx,
  { id, siteId }: Pick<Dataset, "id" | "siteId">,
  secret: string,
): Promise<LearningCounts> {
  const rows = await client.$queryRaw<PatientOfMembers[]>`
    SELECT s."patientId"::text AS "patientId", m."split"::text AS "split",
      count(*)::int AS "films",
      EXISTS (SELECT 1 FROM "LearningWithdrawal" w
        WHERE w."patientId" = s."patientId" AND w."liftedAt" IS NULL)
        AS "isWithdrawn"
    FROM "DatasetMember" m
    JOIN "Case" c ON c."id" = m."caseId"
    JOIN "Study" s ON s."id" = c."studyId"
    WHERE m."datasetId" = ${id}::uuid
    GROUP BY s."patientId", m."split"`;
  const patientIds = rows.map(({ patientId }) => patientId);
  const splitOf = await splitsOfPatients(client, secret, siteId, patientIds);
  const sum = (which: (row: PatientOfMembers) => boolean): number =>
    rows.filter(which).reduce((total, { films }) => total + films, 0);
  const count = (which: (row: PatientOfMembers) => boolean): number =>
    new Set(rows.filter(which).map(({ patientId }) => patientId)).size;
  return {
    films: sum(({ split }) => split !== "TEST"),
    evergreen: sum(({ split }) => split === "TEST"),
    withdrawnPatients: count(({ isWithdrawn }) => isWithdrawn),
    evergreenPatients: count(
      ({ patientId, split }) =>
        split !== "TEST" && splitOf(patientId) === "TEST",
    ),
  };
}
