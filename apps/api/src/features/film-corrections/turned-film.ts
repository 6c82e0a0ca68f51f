import type { Case, Image, Tx } from "@lung-iris/prisma";
import type { UserViewer } from "../../access/viewer.ts";
import type { RecordEvent } from "../../audit/audit-log.ts";
import { askModels } from "../predictions/ask-models.ts";
import { setPose } from "./film-correction.store.ts";
import { changesAnswer, isTurned, type PoseChange } from "./film-pose.ts";
import type { FilmDeps } from "./moved-film.ts";

/**
 * Lays a film as it was corrected. A signed case whose film is turned is read
 * again by its signer; of another view alone he is told.
 */
export async function turnFilm(
  deps: FilmDeps,
  tx: Tx,
  record: RecordEvent,
  {
    viewer,
    film,
    from,
    change,
    reason,
  }: {
    viewer: UserViewer;
    film: Image;
    from: Case;
    change: PoseChange;
    reason: string;
  },
): Promise<void> {
  await setPose(tx, film, change.after);
  const isAskedAgain = changesAnswer(change);
  const row = await deps.filmCommands.turnFilm(tx, record, from, {
    imageId: film.id,
    reason,
    isAskedAgain,
    isReadAgain: isTurned(change),
  });
  // Of what is signed the reader saw more than the model.
  if (row.state === "SIGNED") return;
  if (isAskedAgain) {
    const { requestId } = viewer.origin;
    await askModels(tx, film.siteId, [film.id], "corrected", requestId);
  }
  const placed = await tx.case.findUniqueOrThrow({ where: { id: row.id } });
  await deps.placeAnew(tx, record, placed);
}
