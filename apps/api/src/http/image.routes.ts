import { Router, type Request, type Response } from "express";
import type { Image } from "@lung-iris/prisma";
import { areDrawingsKept } from "../features/blindness/kept-drawings.ts";
import { orientationCode } from "../features/films/film-orientation.ts";
import type {
  ImageObject,
  ImageService,
} from "../features/films/image.service.ts";
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

/** GET /images/:id/{thumbnail,drawings,pixels,original} and /cases/:id/film. */
export function imageRoutes(deps: {
  images: ImageService;
  store: ObjectStore;
}): (contextOf: ContextOf) => Router {
  const { images, store } = deps;
  const sendPixels = (
    request: Request,
    response: Response,
    { image, key }: ImageObject,
  ): Promise<void> => {
    for (const [name, value] of Object.entries(filmHeaders(image))) {
      response.setHeader(name, value);
    }
    return sendObject(request, response, {
      store,
      key,
      etag: `${image.sha256}-pixels-1`,
      contentType: "application/octet-stream",
      cacheControl: NOT_KEPT,
      isGzipped: true,
    });
  };
  return (contextOf) => {
    const router = Router();
    router.get("/images/:id/thumbnail", async (request, response) => {
      const { viewer } = await contextOf(request);
      const { image, key } = await images.thumbnail(viewer, idOf(request));
      await sendObject(request, response, {
        store,
        key,
        etag: `${image.sha256}-thumbnail-1${orientationCode(image)}`,
        contentType: "image/jpeg",
        cacheControl: NOT_KEPT,
      });
    });
    router.get("/images/:id/drawings", async (request, response) => {
      const { viewer, loaders } = await contextOf(request);
      const { image, key } = await images.drawings(
        viewer,
        idOf(request),
        (film) => areDrawingsKept(film, loaders),
      );
      await sendObject(request, response, {
        store,
        key,
        etag: `${image.sha256}-drawings-1`,
        contentType: "image/png",
        cacheControl: NOT_KEPT,
      });
    });
    router.get("/images/:id/pixels", async (request, response) => {
      const { viewer } = await contextOf(request);
      const found = await images.pixels(viewer, idOf(request));
      await sendPixels(request, response, found);
    });
    // A page that opens a case wants its film before it knows of which name.
    router.get("/cases/:id/film", async (request, response) => {
      const { viewer } = await contextOf(request);
      const found = await images.pixelsOfCase(viewer, idOf(request));
      await sendPixels(request, response, found);
    });
    router.get("/images/:id/original", async (request, response) => {
      const { viewer } = await contextOf(request);
      const { image, key, withheld } = await images.original(
        viewer,
        idOf(request),
      );
      if (withheld.length > 0)
        response.setHeader("X-Film-Withheld", withheld.join(", "));
      const { type, extension } = MEDIA_TYPES[image.format];
      await sendObject(request, response, {
        store,
        key,
        etag: [image.sha256, ...withheld].join("-without-"),
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
    "X-Film-Id": image.id,
    "X-Film-Width": String(image.width),
    "X-Film-Height": String(image.height),
    "X-Film-Max-Value": String(2 ** image.bitsStored - 1),
    "X-Film-Window-Center": String(image.windowCenter),
    "X-Film-Window-Width": String(image.windowWidth),
    "X-Film-Window-Shape": image.windowShape,
    // Rows first, as PS3.3 10.7.1.3 has it; unknown: no header.
    ...(image.pixelSpacing.length === 2
      ? { "X-Film-Pixel-Spacing": image.pixelSpacing.join(",") }
      : {}),
  };
}

function idOf(request: Request): string {
  const { id } = request.params;
  return typeof id === "string" ? id : "";
}
