import type { Case, DatabaseClient, Label } from "@lung-iris/prisma";
import { assertCan } from "../../access/authorize.ts";
import { visibleCases } from "../../access/scope.ts";
import type { Viewer } from "../../access/viewer.ts";
import { BadInputError, NotFoundError } from "../../errors.ts";
import { isUuid } from "../../platform/ids.ts";
import { readingFindings } from "../reading-findings/reading-finding.ts";
import type { ReportLanguage, ReportTexts } from "./report.ts";
import { priorReported, studyOfReport } from "./report.reads.ts";
import { decisionSentences, studySentences } from "./report-sentences.ts";

export interface SuggestionRequest {
  caseId: string;
  /** Null before the reader has said anything. */
  label: Label | null;
  /** As given; `readingFindings` says what they must be. */
  findings: readonly unknown[];
  language: ReportLanguage;
}

export interface ReportSuggestion extends ReportTexts {
  caseId: string;
  language: ReportLanguage;
  priorCaseId: string | null;
}

/**
 * Sentences for a report. They come from the order, the film and what the
 * reader chose: the AI's tables are not even read, so that a suggestion tells
 * a blind reader nothing.
 */
export class ReportSuggestionService {
  readonly #client: DatabaseClient;

  constructor(client: DatabaseClient) {
    this.#client = client;
  }

  /** @throws NOT_FOUND for a case out of sight, or BAD_USER_INPUT. */
  async suggest(
    viewer: Viewer,
    { caseId, label, findings, language }: SuggestionRequest,
  ): Promise<ReportSuggestion> {
    assertCan(viewer, "reading:sign");
    const row = await this.#find(viewer, caseId);
    assertCan(viewer, "reading:sign", { what: "case", ...row });
    const parsed = readingFindings.safeParse(findings);
    if (!parsed.success) {
      const path = parsed.error.issues[0]?.path.join(".") ?? "";
      throw new BadInputError("A finding cannot be read.", [
        `findings.${path}`,
      ]);
    }
    const study = await studyOfReport(this.#client, row.studyId);
    const prior = await priorReported(this.#client, visibleCases(viewer), row);
    return {
      caseId: row.id,
      language,
      priorCaseId: prior?.caseId ?? null,
      ...studySentences(study, prior, language),
      ...decisionSentences({ label, findings: parsed.data }, language),
    };
  }

  async #find(viewer: Viewer, id: string): Promise<Case> {
    const row = isUuid(id)
      ? await this.#client.case.findFirst({
          where: { AND: [visibleCases(viewer), { id }] },
        })
      : null;
    if (row === null) throw new NotFoundError("case");
    return row;
  }
}
