import type { Router } from "express";
import type { PreliminaryExportService } from "../features/preliminary/preliminary-export.service.ts";
import type { ReportExportService } from "../features/report-papers/report-export.service.ts";
import type { ContextOf } from "../platform/http-context.ts";
import { pdfRoute } from "./pdf-route.ts";

/** GET /reports/VERSION.pdf: the report of a signed version. */
export function reportRoutes(
  reports: ReportExportService,
): (contextOf: ContextOf) => Router {
  return pdfRoute(
    { folder: "reports", name: "report" },
    ({ viewer, loaders }, id, isForPrint) =>
      reports.pdf(viewer, id, {
        isForPrint,
        seesAi: (row) => loaders.seesAi.load(row),
      }),
  );
}

/** GET /preliminary/ID.pdf: a report that was given out before the signature. */
export function preliminaryRoutes(
  reports: PreliminaryExportService,
): (contextOf: ContextOf) => Router {
  return pdfRoute(
    { folder: "preliminary", name: "preliminary" },
    ({ viewer }, id, isForPrint) => reports.pdf(viewer, id, isForPrint),
  );
}
