import type { DatabaseClient } from "@lung-iris/prisma";
import { visibleKeptTexts } from "../../access/scope.ts";
import type { Viewer } from "../../access/viewer.ts";
import { rowsByKey } from "../../platform/loader.ts";
import { listTexts } from "./kept-text.store.ts";

export function keptTextLoaders(client: DatabaseClient, viewer: Viewer) {
  return {
    /** The viewer's own unsent words about a case, the newest first. */
    keptTextsOfCase: rowsByKey(
      (caseIds) => listTexts(client, visibleKeptTexts(viewer), caseIds),
      ({ caseId }) => caseId,
    ),
  };
}
