import type { DatabaseClient } from "@lung-iris/prisma";
import DataLoader from "dataloader";
import {
  modelsHolding,
  type ModelHolding,
  type PatientRecord,
} from "./models-behind.ts";

/** Reached through withdrawals and exports that the viewer sees. */
export function withdrawalLoaders(client: DatabaseClient, secret: string) {
  return {
    modelsHolding: new DataLoader<PatientRecord, ModelHolding[], string>(
      async (records) => {
        const held = await modelsHolding(client, secret, records);
        return records.map(({ patientId }) => held.get(patientId) ?? []);
      },
      { cacheKeyFn: ({ patientId }) => patientId },
    ),
    /** How many patients in an export are withdrawn from learning now. */
    withdrawnInDataset: new DataLoader<string, number>(async (datasetIds) => {
      const rows = await client.$queryRaw<
        { datasetId: string; patients: number }[]
      >`
        SELECT m."datasetId"::text AS "datasetId",
          count(DISTINCT w."patientId")::int AS "patients"
        FROM "LearningWithdrawal" w
        JOIN "Case" c ON c."patientId" = w."patientId"
        JOIN "DatasetMember" m ON m."caseId" = c."id"
        WHERE w."liftedAt" IS NULL
          AND m."datasetId" = ANY (${[...datasetIds]}::uuid[])
        GROUP BY 1`;
      const byId = new Map(rows.map((row) => [row.datasetId, row.patients]));
      return datasetIds.map((id) => byId.get(id) ?? 0);
    }),
  };
}
