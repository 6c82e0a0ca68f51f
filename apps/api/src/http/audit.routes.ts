import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Router, type Request, type Response } from "express";
import type { AuditExportService } from "../audit/audit-export.service.ts";
import type {
  AuditExportFile,
  ChainExportService,
} from "../audit/chain-export.service.ts";
import type { ContextOf } from "../platform/http-context.ts";

/**
 * GET /audit/chain: the whole chain as JSON lines. GET /audit/events/NAME:
 * the events of a search as a table, under the name that the API gave out.
 */
export function auditRoutes(
  exports: AuditExportService,
  chain: ChainExportService,
): (contextOf: ContextOf) => Router {
  return (contextOf) => {
    const router = Router();
    router.get("/audit/chain", async (request, response) => {
      const { viewer } = await contextOf(request);
      await sendExport(request, response, await chain.chain(viewer));
    });
    router.get("/audit/events/:name", async (request, response) => {
      const { viewer } = await contextOf(request);
      const file = await exports.events(viewer, request.params.name);
      await sendExport(request, response, file);
    });
    return router;
  };
}

/** As fast as the other side takes it; never the whole in memory. */
async function sendExport(
  request: Request,
  response: Response,
  { fileName, contentType, pieces }: AuditExportFile,
): Promise<void> {
  response.attachment(fileName);
  // attachment() also guesses a type from the name.
  response.setHeader("Content-Type", contentType);
  if (request.method === "HEAD") {
    response.end();
    return;
  }
  try {
    await pipeline(Readable.from(pieces), response);
  } catch (error) {
    if (response.destroyed && isCutOff(error)) return; // they went away
    throw error;
  }
}

function isCutOff(error: unknown): boolean {
  return (
    error instanceof Error &&
    "code" in error &&
    error.code === "ERR_STREAM_PREMATURE_CLOSE"
  );
}
