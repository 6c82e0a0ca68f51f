import type { Case, ReadingVersion, Tx } from "@lung-iris/prisma";
import { assertUserCan } from "../../access/authorize.ts";
import { visibleReadingVersions } from "../../access/scope.ts";
import type { UserViewer } from "../../access/viewer.ts";
import { ConflictError, NotFoundError } from "../../errors.ts";
import { isUuid } from "../../platform/ids.ts";
import type { CaseService } from "../cases/case.service.ts";
import { findVersion, newestOfCase } from "../readings/reading.reads.ts";

/**
 * The viewer's own newest signed version and its case, locked, so that the
 * next version can be added to it.
 *
 * @throws NOT_FOUND, NOT_OWN_READING or READING_SUPERSEDED.
 */
export async function lockForAmending(
  tx: Tx,
  cases: CaseService,
  viewer: UserViewer,
  versionId: string,
): Promise<{ earlier: ReadingVersion; before: Case }> {
  const found = isUuid(versionId)
    ? await findVersion(tx, visibleReadingVersions(viewer), versionId)
    : null;
  if (found === null) throw new NotFoundError("reading");
  assertUserCan(viewer, "reading:amend", { what: "reading", ...found });
  if (found.readerId !== viewer.userId) {
    throw new ConflictError(
      "NOT_OWN_READING",
      "Only the reader who signed a reading may amend it.",
    );
  }
  const before = await cases.lock(tx, viewer, found.caseId);
  const newest = await newestOfCase(tx, found.caseId);
  if (newest?.id !== found.id || before.state !== "SIGNED") {
    throw new ConflictError(
      "READING_SUPERSEDED",
      "This reading is no longer the newest: load the case again.",
    );
  }
  return { earlier: found, before };
}
