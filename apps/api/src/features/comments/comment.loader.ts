import type { DatabaseClient } from "@lung-iris/prisma";
import { visibleComments } from "../../access/scope.ts";
import type { Viewer } from "../../access/viewer.ts";
import { rowsByKey } from "../../platform/loader.ts";
import { listComments } from "./comment.store.ts";

export function commentLoaders(client: DatabaseClient, viewer: Viewer) {
  return {
    /** All of a case's comments; `maySeeComment` says which reach the viewer. */
    commentsOfCase: rowsByKey(
      (caseIds) => listComments(client, visibleComments(viewer), caseIds),
      ({ caseId }) => caseId,
    ),
  };
}
