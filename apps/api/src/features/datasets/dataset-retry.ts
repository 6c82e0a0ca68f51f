import type { Dataset, Tx } from "@lung-iris/prisma";
import { assertUserCan } from "../../access/authorize.ts";
import { visibleDatasets } from "../../access/scope.ts";
import type { Viewer } from "../../access/viewer.ts";
import type { RecordEvent } from "../../audit/audit-log.ts";
import { ConflictError, NotFoundError } from "../../errors.ts";
import { isUuid } from "../../platform/ids.ts";
import { enqueue } from "../../platform/job-queue.ts";
import { notify } from "../../platform/notifications.ts";
import { learningCounts } from "./dataset-learning.ts";
import { lockDataset, queueAgain } from "./dataset.store.ts";

/**
 * Whether the films of a failed dataset are all there to be written once more:
 * not where they were never written down, and not where one of its patients
 * was erased or withdrawn from learning since.
 *
 * @param withdrawn how many of its patients are withdrawn from learning now
 */
export function isRetryable(
  { state, failure }: Pick<Dataset, "state" | "failure">,
  withdrawn: number,
): boolean {
  const isWhole = failure !== "NO_MEMBERS" && failure !== "ERASED";
  return state === "FAILED" && isWhole && withdrawn === 0;
}

/**
 * Queues a failed dataset once more, with the members that it was given when it
 * was asked for: under its own id, so that every try gives the same bytes.
 *
 * @param of which one, and the installation's secret
 * @throws NOT_FOUND, CONFLICT where it did not fail, MEMBERS_GONE where its
 *   films are not all there.
 */
export async function retryDataset(
  tx: Tx,
  record: RecordEvent,
  viewer: Viewer,
  of: { id: string; secret: string },
): Promise<Dataset> {
  const { id, secret } = of;
  const dataset = isUuid(id)
    ? await lockDataset(tx, visibleDatasets(viewer), id)
    : null;
  if (dataset === null) throw new NotFoundError("dataset");
  const { siteId, state, failure, total } = dataset;
  assertUserCan(viewer, "dataset:create", { what: "site", siteId });
  if (state !== "FAILED")
    throw new ConflictError(
      "CONFLICT",
      "Only a dataset that failed is tried again.",
    );
  const { withdrawnPatients } = await learningCounts(tx, dataset, secret);
  if (!isRetryable(dataset, withdrawnPatients))
    throw new ConflictError(
      "MEMBERS_GONE",
      "The films of this dataset are not all there to be exported any more. Make another from its choice.",
    );
  const queued = await queueAgain(tx, id);
  await enqueue(tx, "export-dataset", id, {
    datasetId: id,
    requestId: viewer.origin.requestId,
  });
  await notify(tx, { topic: "dataset", datasetId: id, siteId });
  record({
    type: "dataset.retried",
    subject: { type: "dataset", id },
    siteId,
    patientId: null,
    details: { films: total, failure },
  });
  return queued;
}
