import type { DatabaseClient } from "@lung-iris/prisma";
import { assertCan } from "../../access/authorize.ts";
import type { Viewer } from "../../access/viewer.ts";
import type { AuditLog } from "../../audit/audit-log.ts";
import { NotFoundError } from "../../errors.ts";
import { isUuid } from "../../platform/ids.ts";
import { keyImageOf, type DrawFilm } from "../report-papers/key-image.ts";
import { reportPdf } from "../report-papers/report-pdf.ts";
import { readReport } from "../reports/report.ts";
import { reportedCase } from "../reports/report.reads.ts";
import { findPreliminary, shownPreliminaries } from "./preliminary.store.ts";

/** Preliminary reports as papers: every page says that it is no more. */
export class PreliminaryExportService {
  readonly #deps: {
    client: DatabaseClient;
    audit: AuditLog;
    draw: DrawFilm;
  };

  constructor(deps: {
    client: DatabaseClient;
    audit: AuditLog;
    draw: DrawFilm;
  }) {
    this.#deps = deps;
  }

  /**
   * The report as a PDF; audited as an export of the patient's data. Nothing
   * of the AI stands on it.
   *
   * @throws NOT_FOUND for one that the viewer may not see.
   */
  async pdf(viewer: Viewer, id: string, isForPrint: boolean): Promise<Buffer> {
    assertCan(viewer, "report:export");
    const { client, audit, draw } = this.#deps;
    const found = isUuid(id)
      ? await findPreliminary(client, shownPreliminaries(viewer), id)
      : null;
    if (found === null) throw new NotFoundError("report");
    assertCan(viewer, "report:export", { what: "report", ...found });
    const row = await reportedCase(client, found.caseId);
    const { study, site } = row;
    const { patient } = study;
    const report = readReport(found.report);
    const language = report?.language ?? "en";
    const newest = row.preliminaryReports[0]?.number ?? found.number;
    const bytes = await reportPdf(
      {
        language,
        site,
        patient: { ...patient, isCertain: patient.identityState === "KNOWN" },
        study,
        report,
        label: found.label,
        signer: found.reading.reader.name,
        signedAt: found.issuedAt,
        version: found.number,
        supersededBy: newest > found.number ? newest : null,
        preliminary: { isSignedSince: row.state === "SIGNED" },
        authorisation: null,
        isReopened: false,
        amendReason: null,
        keyImage: await keyImageOf(study.images, [], language, draw),
        ai: null,
      },
      isForPrint,
    );
    await audit.recordLook(viewer, {
      type: "preliminary.exported",
      siteId: found.siteId,
      patientId: row.patientId,
      subject: { type: "case", id: row.id },
      details: { preliminaryId: id, number: found.number, isForPrint },
    });
    return bytes;
  }
}
