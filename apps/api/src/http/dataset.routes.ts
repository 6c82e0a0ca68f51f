import { Router } from "express";
import type { DatasetService } from "../features/datasets/dataset.service.ts";
import type { ContextOf } from "../platform/http-context.ts";
import type { ObjectStore } from "../platform/object-store.ts";
import { parseRange, sendObject } from "./send-object.ts";

/** GET /datasets/:id/download: the ZIP, whole or in ranges. */
export function datasetRoutes(deps: {
  datasets: DatasetService;
  store: ObjectStore;
}): (contextOf: ContextOf) => Router {
  return (contextOf) => {
    const router = Router();
    router.get("/datasets/:id/download", async (request, response) => {
      const { viewer } = await contextOf(request);
      const { id } = request.params;
      // As it is answered: what is no single range gets the whole file.
      const range = parseRange(request.get("range"), Infinity);
      const isWhole =
        range === null || (range !== "unsatisfiable" && range.start === 0);
      const { dataset, key, sha256 } = await deps.datasets.openDownload(
        viewer,
        id,
        isWhole,
      );
      await sendObject(request, response, {
        store: deps.store,
        key,
        etag: sha256,
        contentType: "application/zip",
        cacheControl: "no-store",
        fileName: `${fileNameOf(dataset.name)}.zip`,
      });
    });
    return router;
  };
}

/** A name that every file system takes. */
function fileNameOf(name: string): string {
  const plain = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[^A-Za-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 60);
  return plain === "" ? "dataset" : plain;
}
