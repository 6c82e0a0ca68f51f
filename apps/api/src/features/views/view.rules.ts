import type { Tx, WorklistView } from "@lung-iris/prisma";
import { changesOf } from "../../audit/changes.ts";
import { BadInputError, ConflictError } from "../../errors.ts";
import { countViews, findByName, lockShelf } from "./view.store.ts";
import type { Shelf } from "./view.store.ts";

/** Most views of one owner, and shared with one site. */
const MAX_VIEWS = 100;
const COLUMNS = ["siteId", "ownerId", "name", "settings"] as const;

type ViewAct =
  | "view.created"
  | "view.changed"
  | "view.shared"
  | "view.deleted"
  | "view.restored";

/** What became of a view; without a type nothing did. */
export interface ViewChange {
  type?: ViewAct;
  before: WorklistView | null;
  after: WorklistView;
}

/** What differs; of a view that went or came back, the whole of it. */
export function snapshotsOf(
  type: ViewAct,
  before: WorklistView | null,
  after: WorklistView,
) {
  const isThere = type === "view.changed" || type === "view.shared";
  const changes = changesOf(isThere ? before : null, after, COLUMNS);
  return type === "view.deleted" ? { before: changes.after } : changes;
}

/** @throws BAD_USER_INPUT where there are as many as may be. */
export async function makeRoom(tx: Tx, shelf: Shelf): Promise<void> {
  await lockShelf(tx, shelf);
  if ((await countViews(tx, shelf)) < MAX_VIEWS) return;
  throw new BadInputError(
    `There are ${String(MAX_VIEWS)} already: remove one first.`,
    ["input"],
  );
}

/** @throws VIEW_NAME_TAKEN */
export async function assertFree(
  tx: Tx,
  shelf: Shelf,
  name: string,
  exceptId: string | null,
): Promise<void> {
  if ((await findByName(tx, shelf, name, exceptId)) === null) return;
  throw new ConflictError(
    "VIEW_NAME_TAKEN",
    "There is a view with this name already.",
  );
}
