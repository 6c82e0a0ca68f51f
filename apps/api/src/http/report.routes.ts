import { Router, type Request, type Response } from "express";
import type { ReportExportService } from "../features/reports/report-export.service.ts";
import type { ContextOf } from "../platform/http-context.ts";

/**
 * GET /reports/VERSION.pdf: the report of a signed version, to be looked at in
 * the browser. GET /reports/VERSION/print.pdf: the same, which asks to print.
 */
export function reportRoutes(
  reports: ReportExportService,
): (contextOf: ContextOf) => Router {
  return (contextOf) => {
    const router = Router();
    const send = async (
      request: Request,
      response: Response,
      isForPrint: boolean,
    ): Promise<void> => {
      const { viewer, loaders } = await contextOf(request);
      const { id } = request.params;
      const versionId = typeof id === "string" ? id : "";
      const bytes = await reports.pdf(viewer, versionId, {
        isForPrint,
        seesAi: (row) => loaders.seesAi.load(row),
      });
      response.setHeader("Content-Type", "application/pdf");
      // No name of a patient in the name of a file.
      response.setHeader(
        "Content-Disposition",
        `inline; filename="report-${versionId}.pdf"`,
      );
      response.setHeader("Cache-Control", "no-store");
      response.end(bytes);
    };
    router.get("/reports/:id.pdf", (request, response) =>
      send(request, response, false),
    );
    router.get("/reports/:id/print.pdf", (request, response) =>
      send(request, response, true),
    );
    return router;
  };
}
