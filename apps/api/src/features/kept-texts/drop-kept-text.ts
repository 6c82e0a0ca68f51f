import type { KeptTextKind, Tx } from "@lung-iris/prisma";
import type { UserViewer } from "../../access/viewer.ts";
import { deleteTextsAbout } from "./kept-text.store.ts";

/**
 * Takes away what the viewer had typed, in the transaction in which it is
 * sent: the event of that says what became of it.
 *
 * @param aboutId the signed version, comment, critical result, step, film,
 *   study or correction that the words are about, else the case
 */
export function dropKeptText(
  tx: Tx,
  { userId }: UserViewer,
  kinds: KeptTextKind | readonly KeptTextKind[],
  aboutId: string,
): Promise<void> {
  const all = typeof kinds === "string" ? [kinds] : kinds;
  return deleteTextsAbout(tx, userId, all, aboutId);
}
