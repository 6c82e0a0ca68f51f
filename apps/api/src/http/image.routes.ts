import { Router, type Request } from "express";
import type { Image } from "@lung-iris/prisma";
import type { ImageService } from "../features/films/image.service.ts";
import type { ContextOf } from "../platform/http-context.ts";
import type { ObjectStore } from "../platform/object-store.ts";
import { sendObject } from "./send-object.ts";

/**
 * Not even the browser may keep films: its cache outlives the session, and
 * whoever signs in next could be served from it. The page keeps what it needs
 * in its own memory.
 */
const NOT_KEPT = "no-store";

const MEDIA_TYPES = {
  PNG: { type: "image/png", extension: "png" },
  JPEG: { type: "image/jpeg", extension: "jpg" },
  DICOM: { type: "application/dicom", extension: "dcm" },
} as const;

/** GET /images/:id/{thumbnail,pixels,original}. */
export function imageRoutes(deps: {
  images: ImageService;
  store: ObjectStore;
}): (contextOf: ContextOf) => Router {
  const { images, store } = deps;
  return (contextOf) => {
    const router = Router();
    router.get("/images/:id/thumbnail", async (request, response) => {
      const { viewer } = await contextOf(request);
      const { image, key } = await images.thumbnail(viewer, idOf(request));
      await sendObject(request, response, {
        store,
        key,
        etag: `${image.sha256}-thumbnail-1`,
        contentType: "image/jpeg",
        cacheControl: NOT_KEPT,
      });
    });
    router.get("/images/:id/pixels", async (request, response) => {
      const { viewer } = await contextOf(request);
      const { image, key } = await images.pixels(viewer, idOf(request));
      for (const [name, value] of Object.entries(filmHeaders(image))) {
        response.setHeader(name, value);
      }
      await sendObject(request, response, {
        store,
        key,
        etag: `${image.sha256}-pixels-1`,
        contentType: "application/octet-stream",
        cacheControl: NOT_KEPT,
        isGzipped: true,
      });
    });
    router.get("/images/:id/original", async (request, response) => {
      const { viewer } = await contextOf(request);
      const { image, key } = await images.original(viewer, idOf(request));
      const { type, extension } = MEDIA_TYPES[image.format];
      await sendObject(request, response, {
        store,
        key,
        etag: image.sha256,
        contentType: type,
        cacheControl: NOT_KEPT,
        // Names of files as sent can hold a patient's name.
        fileName: `film-${image.id}.${extension}`,
      });
    });
    return router;
  };
}

/** What a viewer needs to show the samples, in their own units. */
function filmHeaders(image: Image): Record<string, string> {
  return {
    "X-Film-Width": String(image.width),
    "X-Film-Height": String(image.height),
    "X-Film-Max-Value": String(2 ** image.bitsStored - 1),
    "X-Film-Window-Center": String(image.windowCenter),
    "X-Film-Window-Width": String(image.windowWidth),
    "X-Film-Window-Shape": image.windowShape,
  };
}

function idOf(request: Request): string {
  const { id } = request.params;
  return typeof id === "string" ? id : "";
}
