import { Router, type Request, type Response } from "express";
import type { ResumableUpload } from "@lung-iris/prisma";
import type { Viewer } from "../access/viewer.ts";
import { assertCan } from "../access/authorize.ts";
import { BadInputError } from "../errors.ts";
import {
  EXPIRES_SECONDS,
  type ResumableUploadService,
} from "../features/resumable-uploads/resumable-upload.service.ts";
import { addSeconds } from "../platform/clock.ts";
import type { ContextOf } from "../platform/http-context.ts";
import { onlySiteOf, readTakeAs } from "./upload.routes.ts";

/** The protocol that is spoken: https://tus.io/protocols/resumable-upload. */
const VERSION = "1.0.0";
const EXTENSIONS = "creation,creation-with-upload,termination,expiration";
const BYTES = "application/offset+octet-stream";
const PATH = "/upload/resumable";

/**
 * tus 1.0 beside POST /upload: a film in pieces, each going on where the last
 * one ended. `Upload-Metadata` has `filename` and, as fields of /upload have,
 * `siteId`, `details`, `takeAs`. The answer to the last piece holds the film's
 * result; an empty piece at the end asks for it again.
 */
export function resumableRoutes(
  uploads: ResumableUploadService,
): (contextOf: ContextOf) => Router {
  return (contextOf) => {
    const router = Router();
    router.options([PATH, `${PATH}/:id`], (_request, response) => {
      response.setHeader("Tus-Resumable", VERSION);
      response.setHeader("Tus-Version", VERSION);
      response.setHeader("Tus-Extension", EXTENSIONS);
      response.setHeader("Tus-Max-Size", String(uploads.maxBytes));
      response.status(204).end();
    });
    router.use(PATH, speaksTus);
    router.post(PATH, async (request, response) => {
      const { viewer } = await contextOf(request);
      await create(uploads, viewer, request, response);
    });
    router.head(`${PATH}/:id`, async (request, response) => {
      const { viewer } = await contextOf(request);
      const upload = await uploads.find(viewer, request.params.id);
      tell(response, upload);
      response.setHeader("Upload-Length", String(upload.length));
      response.status(200).end();
    });
    router.patch(`${PATH}/:id`, async (request, response) => {
      const { viewer } = await contextOf(request);
      if (!isBytes(request)) {
        response.status(415).json({
          error: { code: "BAD_USER_INPUT", message: `Send ${BYTES}.` },
        });
        return;
      }
      const offset = numberOf(request, "upload-offset");
      await append(uploads, viewer, request, response, {
        id: request.params.id,
        offset,
        status: 204,
      });
    });
    router.delete(`${PATH}/:id`, async (request, response) => {
      const { viewer } = await contextOf(request);
      await uploads.remove(viewer, request.params.id);
      response.status(204).end();
    });
    return router;
  };
}

/** Another version of the protocol would misread our answers. */
function speaksTus(
  request: Request,
  response: Response,
  next: () => void,
): void {
  response.setHeader("Tus-Resumable", VERSION);
  if (request.headers["tus-resumable"] === VERSION) {
    next();
    return;
  }
  response.setHeader("Tus-Version", VERSION);
  response.status(412).json({
    error: { code: "BAD_USER_INPUT", message: `Speak tus ${VERSION}.` },
  });
}

async function create(
  uploads: ResumableUploadService,
  viewer: Viewer,
  request: Request,
  response: Response,
): Promise<void> {
  assertCan(viewer, "study:upload");
  const metadata = metadataOf(request);
  const upload = await uploads.create(viewer, {
    siteId: metadata.get("siteId") ?? onlySiteOf(viewer),
    fileName: metadata.get("filename") ?? "film",
    details: metadata.get("details") ?? "",
    takeAsChest: readTakeAs(metadata.get("takeAs")),
    length: numberOf(request, "upload-length"),
  });
  // Relative, so that it is right behind whatever proxy stands in front.
  response.setHeader(
    "Location",
    `${PATH.split("/").at(-1) ?? ""}/${upload.id}`,
  );
  const { id } = upload;
  if (isBytes(request)) {
    const of = { id, offset: 0, status: 201 } as const;
    await append(uploads, viewer, request, response, of);
    return;
  }
  tell(response, upload);
  response.status(201).end();
}

async function append(
  uploads: ResumableUploadService,
  viewer: Viewer,
  request: Request,
  response: Response,
  of: { id: string; offset: number; status: 201 | 204 },
): Promise<void> {
  const upload = await uploads
    .append(viewer, of.id, of.offset, request)
    .catch((error: unknown) => {
      // The line broke: what came is kept, and nobody is there to answer.
      if (!request.complete && request.destroyed) return null;
      // What is left of a refused request must not hold the connection.
      request.resume();
      throw error;
    });
  if (upload === null) return;
  tell(response, upload);
  if (upload.offset < upload.length) {
    response.status(of.status).end();
    return;
  }
  const result = await uploads.finish(viewer, of.id);
  response.status(of.status === 201 ? 201 : 200).json({ results: [result] });
}

function tell(response: Response, upload: ResumableUpload): void {
  response.setHeader("Upload-Offset", String(upload.offset));
  const expires = addSeconds(upload.touchedAt, EXPIRES_SECONDS);
  response.setHeader("Upload-Expires", expires.toUTCString());
}

function isBytes({ headers }: Request): boolean {
  return headers["content-type"] === BYTES;
}

function numberOf({ headers }: Request, name: string): number {
  const text = String(headers[name] ?? "");
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new BadInputError(`${name} is a number of bytes.`, [name]);
}

/** "filename d29ybGQ=,siteId …": names with their values in base64. */
function metadataOf({ headers }: Request): ReadonlyMap<string, string> {
  const text = String(headers["upload-metadata"] ?? "").trim();
  if (text === "") return new Map();
  return new Map(
    text.split(",").map((pair) => {
      const [name = "", value = ""] = pair.trim().split(" ");
      return [name, Buffer.from(value, "base64").toString("utf8")];
    }),
  );
}
