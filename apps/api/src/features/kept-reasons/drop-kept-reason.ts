import type { KeptReasonKind, Tx } from "@lung-iris/prisma";
import type { Viewer } from "../../access/viewer.ts";
import { placeOf } from "./kept-reason.rules.ts";
import { deleteReason, deleteReasons } from "./kept-reason.store.ts";

/**
 * Takes away the reason that the viewer had typed, in the transaction in which
 * it is given: the event of that says what became of it.
 *
 * @param part the other record, the age group or the model, where there is one
 */
export async function dropKeptReason(
  tx: Tx,
  viewer: Viewer,
  kind: KeptReasonKind,
  aboutId: string,
  part = "",
): Promise<void> {
  if (viewer.kind !== "user") return;
  const { userId } = viewer;
  await deleteReason(tx, { userId, ...placeOf({ kind, aboutId, part }) });
}

/**
 * The same of a step that is of the whole desk, at whichever of the viewer's
 * sites he had typed it.
 */
export async function dropKeptReasonAnywhere(
  tx: Tx,
  viewer: Viewer,
  kind: KeptReasonKind,
  part: string,
): Promise<void> {
  if (viewer.kind !== "user") return;
  await deleteReasons(tx, { userId: viewer.userId, kind, part });
}
