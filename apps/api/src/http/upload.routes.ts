import { InferenceError } from "@lung-iris/inference";
import { Router, type Request, type Response } from "express";
import { assertCan } from "../access/authorize.ts";
import type { Viewer } from "../access/viewer.ts";
import { AppError, BadInputError } from "../errors.ts";
import type { FilmOutcome } from "../features/intake/film-outcome.ts";
import type { IngestService } from "../features/intake/ingest.service.ts";
import {
  parseUploadDetails,
  type DetailsOf,
} from "../features/film-identity/study-details.ts";
import type { Clock } from "../platform/clock.ts";
import type { ContextOf } from "../platform/http-context.ts";
import { ObjectStoreError } from "../platform/object-store.ts";
import { readUpload, type UploadLimits } from "./multipart-upload.ts";

/** More in one request than anybody drops at once, with room. */
const MAX_FILMS = 2_000;
/** A form for each of them: 2,000 × 512 bytes. */
const MAX_FIELD_BYTES = 1024 * 1024;

export interface UploadDeps {
  ingest: IngestService;
  clock: Clock;
  maxFilmBytes: number;
}

/**
 * POST /upload: films as multipart/form-data. Each part `film` gets a result
 * of its own, in the order of the parts; what concerns the whole request (no
 * session, no such site, a full disk) is answered by its HTTP status.
 */
export function uploadRoutes(
  deps: UploadDeps,
): (contextOf: ContextOf) => Router {
  const limits = {
    maxFilmBytes: deps.maxFilmBytes,
    maxFilms: MAX_FILMS,
    maxFieldBytes: MAX_FIELD_BYTES,
  };
  return (contextOf) => {
    const router = Router();
    router.post("/upload", async (request, response) => {
      const { viewer } = await contextOf(request);
      await answerUpload(deps, limits, viewer, request, response);
    });
    return router;
  };
}

async function answerUpload(
  deps: UploadDeps,
  limits: UploadLimits,
  viewer: Viewer,
  request: Request,
  response: Response,
): Promise<void> {
  assertMayUploadSomewhere(viewer);
  const results: (FilmOutcome | undefined)[] = [];
  const cancel = new AbortController();
  request.on("close", () => {
    if (!request.complete) cancel.abort();
  });
  let target: Target | null = null;
  let position = 0;
  try {
    const summary = await readUpload(request, limits, async (film, fields) => {
      const at = position++;
      target ??= readTarget(deps, viewer, fields);
      const { siteId, detailsOf, takeAsChest } = target;
      results[at] = await deps.ingest.ingest(viewer, {
        siteId,
        fileName: film.fileName,
        body: film.body,
        details: detailsOf(film.fileName),
        takeAsChest,
        signal: cancel.signal,
      });
    });
    response.json({ results, warnings: warningsOf(summary, limits) });
  } catch (error) {
    const refused = asRequestError(error);
    if (refused === null || results.length === 0) throw refused ?? error;
    const { code, message } = refused;
    response.status(refused.httpStatus).json({
      error: { code, message },
      results: results.filter((result) => result !== undefined),
    });
  } finally {
    // What is left of a refused request must not hold the connection.
    if (!request.complete) request.resume();
  }
}

/** Refuses before a byte of the body is read. */
function assertMayUploadSomewhere(viewer: Viewer): void {
  assertCan(viewer, "study:upload");
}

/** What the fields say of all films of a request. */
interface Target {
  siteId: string;
  detailsOf: DetailsOf;
  takeAsChest: boolean;
}

function readTarget(
  deps: UploadDeps,
  viewer: Viewer,
  fields: ReadonlyMap<string, string>,
): Target {
  const siteId = fields.get("siteId") ?? onlySiteOf(viewer);
  deps.ingest.assertMayIngest(viewer, siteId);
  return {
    siteId,
    detailsOf: parseUploadDetails(fields.get("details"), deps.clock.now()),
    takeAsChest: readTakeAs(fields.get("takeAs")),
  };
}

/** `takeAs=chest` overrules a doubtful modality; nothing else is known. */
export function readTakeAs(value: string | undefined): boolean {
  if (value === undefined || value === "") return false;
  if (value === "chest") return true;
  throw new BadInputError("takeAs takes chest only.", ["takeAs"]);
}

/** The viewer's one site, where there is no other. */
export function onlySiteOf(viewer: Viewer): string {
  const [only, ...others] = viewer.kind === "user" ? viewer.siteIds : [];
  if (only !== undefined && others.length === 0) return only;
  throw new BadInputError("Say which site the films belong to.", ["siteId"]);
}

function warningsOf(
  summary: { lateFields: string[]; isCutOff: boolean; films: number },
  limits: UploadLimits,
): string[] {
  const warnings: string[] = [];
  if (summary.films === 0) warnings.push("There was no part named film.");
  if (summary.lateFields.length > 0) {
    const names = summary.lateFields.join(", ");
    warnings.push(`Fields must come before the films; not used: ${names}.`);
  }
  if (summary.isCutOff) {
    const most = String(limits.maxFilms);
    warnings.push(`Only the first ${most} films of a request are read.`);
  }
  return warnings;
}

/** What is to say of the request as a whole, where the error is that. */
function asRequestError(error: unknown): AppError | null {
  if (error instanceof AppError) return error;
  if (error instanceof InferenceError) {
    const message = "Films cannot be decoded now. Try again in a moment.";
    return new AppError("UNAVAILABLE", message, { cause: error });
  }
  if (!(error instanceof ObjectStoreError)) return null;
  if (error.code === "full") {
    return new AppError("STORAGE_FULL", error.message, { cause: error });
  }
  return new AppError("UNAVAILABLE", error.message, { cause: error });
}
