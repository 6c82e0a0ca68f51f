import type { DatabaseClient, DatasetSplit, Tx } from "@lung-iris/prisma";
import { recordsMergedInto } from "../patients/merged-records.ts";
import { memberSplits, splitOfPerson } from "./patient-split.ts";

/**
 * The split of each of a site's patients, the records that were merged into
 * one too.
 *
 * @param secret the installation's; splits come from it
 */
export async function splitsOfPatients(
  client: DatabaseClient | Tx,
  secret: string,
  siteId: string,
  patientIds: readonly string[],
): Promise<(patientId: string) => DatasetSplit> {
  const ids = [...new Set(patientIds)];
  const splitOf = memberSplits(secret, siteId);
  const records = new Map(ids.map((id) => [id, [splitOf(id)]]));
  for (const { id, survivorId } of await recordsMergedInto(client, ids))
    records.get(survivorId)?.push(splitOf(id));
  return (id) => splitOfPerson(records.get(id) ?? [splitOf(id)]);
}
