import type { Case, DatabaseClient, Prediction } from "@lung-iris/prisma";
import { assertCan } from "../../access/authorize.ts";
import { visibleReadingVersions } from "../../access/scope.ts";
import type { Viewer } from "../../access/viewer.ts";
import type { AuditLog } from "../../audit/audit-log.ts";
import { NotFoundError } from "../../errors.ts";
import { isUuid } from "../../platform/ids.ts";
import { findFinding, LEADING_FINDING } from "../findings/finding-catalogue.ts";
import type { SitePolicies } from "../policies/site-policies.ts";
import { predictionFacts } from "../predictions/prediction-facts.ts";
import { readMarks } from "../marks/marks.ts";
import { authorisationOf } from "../second-reads/authorisation.reads.ts";
import { keptFrom } from "../blindness/second-read.reads.ts";
import type { AiPart, ReportDocument } from "./report-document.ts";
import { reportPdf } from "./report-pdf.ts";
import { keyImageOf, type DrawFilm } from "./key-image.ts";
import { readReport, REPORT_LANGUAGES } from "../reports/report.ts";
import type { ReportLanguage } from "../reports/report.ts";
import { reportedVersion } from "../reports/report.reads.ts";
import type { ReportedVersion } from "../reports/report.reads.ts";

/** Whether the AI's answer of a case may reach whoever asks. */
export type SeesAi = (row: Case) => Promise<boolean>;

export interface ReportExportDeps {
  client: DatabaseClient;
  audit: AuditLog;
  policies: SitePolicies;
  draw: DrawFilm;
}

/** Signed reports as papers that leave the desk. */
export class ReportExportService {
  readonly #deps: ReportExportDeps;

  constructor(deps: ReportExportDeps) {
    this.#deps = deps;
  }

  /**
   * The report of a signed version as a PDF; audited as an export of the
   * patient's data, with whether the AI's part is in it.
   *
   * @throws NOT_FOUND for a version that the viewer may not see.
   */
  async pdf(
    viewer: Viewer,
    versionId: string,
    asked: { isForPrint: boolean; seesAi: SeesAi },
  ): Promise<Buffer> {
    assertCan(viewer, "report:export");
    const { client, audit } = this.#deps;
    const found = isUuid(versionId)
      ? await reportedVersion(client, visibleReadingVersions(viewer), versionId)
      : null;
    if (found === null) throw new NotFoundError("report");
    assertCan(viewer, "report:export", { what: "report", ...found.version });
    // A second reader's paper would tell what the first one signed.
    const kept = await keptFrom(client, viewer, [found.version.caseId]);
    if (kept.size > 0) throw new NotFoundError("report");
    const ai = await this.#aiPart(found, asked.seesAi);
    const bytes = await reportPdf(
      await this.#document(viewer, found, ai),
      asked.isForPrint,
    );
    await audit.recordLook(viewer, {
      type: "report.exported",
      siteId: found.version.siteId,
      patientId: found.row.patientId,
      subject: { type: "reading", id: found.version.id },
      details: {
        caseId: found.row.id,
        version: found.version.version,
        withAi: ai !== null,
        isForPrint: asked.isForPrint,
      },
    });
    return bytes;
  }

  async #document(
    viewer: Viewer,
    { version, row, newest }: ReportedVersion,
    ai: AiPart | null,
  ): Promise<ReportDocument> {
    const { study, site } = row;
    const { patient } = study;
    const report = readReport(version.report);
    const language = report?.language ?? (await this.#languageOf(viewer));
    return {
      language,
      site,
      patient: { ...patient, isCertain: patient.identityState === "KNOWN" },
      study,
      report,
      label: version.label,
      signer: version.reading.reader.name,
      signedAt: version.signedAt,
      version: version.version,
      supersededBy: newest > version.version ? newest : null,
      preliminary: null,
      authorisation: await this.#authorisation(row, version),
      isReopened: row.state !== "SIGNED",
      amendReason: version.amendReason,
      keyImage: await keyImageOf(
        study.images,
        readMarks(version.marks),
        language,
        this.#deps.draw,
      ),
      ai: ai && withNames(ai, language),
    };
  }

  /** Of a first reading: those beside it are a senior's own. */
  async #authorisation(
    row: ReportedVersion["row"],
    version: ReportedVersion["version"],
  ): Promise<ReportDocument["authorisation"]> {
    if (version.reading.stage !== "PRIMARY") return null;
    const { client } = this.#deps;
    const found = await authorisationOf(client, row, version);
    if (!found?.by) return found === null ? null : { by: null };
    const { readerId, signedAt } = found.by;
    const { name } = await client.user.findUniqueOrThrow({
      where: { id: readerId },
      select: { name: true },
    });
    return { by: { name, signedAt } };
  }

  /** Only of an answer that was answered, and only for who may see it. */
  async #aiPart(
    { version, row }: ReportedVersion,
    seesAi: SeesAi,
  ): Promise<AiPart | null> {
    const { prediction, decision } = version;
    if (prediction === null || !(await seesAi(row))) return null;
    return {
      model: prediction.modelVersion.name,
      decision,
      answer: await this.#answer(row, prediction.id),
    };
  }

  async #answer(
    row: Case,
    predictionId: Prediction["id"],
  ): Promise<AiPart["answer"]> {
    const { client, policies } = this.#deps;
    const policy = await policies.at(row.siteId, row.policyVersion);
    const facts = await predictionFacts(client, predictionId, policy);
    const finding = await client.predictionFinding.findFirst({
      where: { predictionId, code: LEADING_FINDING },
      select: { probability: true, low: true, high: true },
    });
    const threshold = facts?.threshold ?? null;
    if (finding === null || threshold === null) return null;
    return { ...finding, name: LEADING_FINDING, threshold };
  }

  /** Of the frame around a reading without a report: the viewer's own. */
  async #languageOf(viewer: Viewer): Promise<ReportLanguage> {
    if (viewer.kind !== "user") return "en";
    const user = await this.#deps.client.user.findUnique({
      where: { id: viewer.userId },
      select: { locale: true },
    });
    return REPORT_LANGUAGES.find((code) => code === user?.locale) ?? "en";
  }
}

function withNames(ai: AiPart, language: ReportLanguage): AiPart {
  if (ai.answer === null) return ai;
  const { name } = ai.answer;
  const words = findFinding(name)?.names[language] ?? name;
  return { ...ai, answer: { ...ai.answer, name: words } };
}
