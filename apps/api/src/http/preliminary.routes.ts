import { Router, type Request, type Response } from "express";
import type { PreliminaryExportService } from "../features/preliminary/preliminary-export.service.ts";
import type { ContextOf } from "../platform/http-context.ts";

/**
 * GET /preliminary/ID.pdf: a report that was given out before the signature,
 * to be looked at in the browser. GET /preliminary/ID/print.pdf: the same,
 * which asks to print.
 */
export function preliminaryRoutes(
  reports: PreliminaryExportService,
): (contextOf: ContextOf) => Router {
  return (contextOf) => {
    const router = Router();
    const send = async (
      request: Request,
      response: Response,
      isForPrint: boolean,
    ): Promise<void> => {
      const { viewer } = await contextOf(request);
      const { id } = request.params;
      const reportId = typeof id === "string" ? id : "";
      const bytes = await reports.pdf(viewer, reportId, isForPrint);
      response.setHeader("Content-Type", "application/pdf");
      // No name of a patient in the name of a file.
      response.setHeader(
        "Content-Disposition",
        `inline; filename="preliminary-${reportId}.pdf"`,
      );
      response.setHeader("Cache-Control", "no-store");
      response.end(bytes);
    };
    router.get("/preliminary/:id.pdf", (request, response) =>
      send(request, response, false),
    );
    router.get("/preliminary/:id/print.pdf", (request, response) =>
      send(request, response, true),
    );
    return router;
  };
}
