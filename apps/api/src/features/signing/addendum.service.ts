import type { Prisma, ReadingVersion } from "@lung-iris/prisma";
import { assertUserCan } from "../../access/authorize.ts";
import type { Viewer } from "../../access/viewer.ts";
import type { AuditLog } from "../../audit/audit-log.ts";
import type { Clock } from "../../platform/clock.ts";
import { assertSignatureProved } from "../auth/signature-proof.ts";
import { amendCase } from "../cases/case-signing.commands.ts";
import type { CaseService } from "../cases/case.service.ts";
import { dropKeptText } from "../kept-texts/drop-kept-text.ts";
import { readReport, withAddendum } from "../reports/report.ts";
import type { ReportLanguage } from "../reports/report.ts";
import { lockForAmending } from "./lock-for-amending.ts";

export interface AddendumRequest {
  versionId: string;
  text: string;
  /** Of the addendum, where there was no report. */
  language: ReportLanguage;
}

/** Words that a signer adds without deciding anything anew. */
export class AddendumService {
  readonly #deps: {
    clock: Clock;
    audit: AuditLog;
    cases: CaseService;
  };

  constructor(deps: { clock: Clock; audit: AuditLog; cases: CaseService }) {
    this.#deps = deps;
  }

  /**
   * Adds words to the report of the viewer's own newest reading, as its next
   * version. All else stays as it was signed.
   *
   * @throws NOT_OWN_READING, READING_SUPERSEDED or BAD_USER_INPUT.
   */
  add(
    viewer: Viewer,
    { versionId, text, language }: AddendumRequest,
  ): Promise<ReadingVersion> {
    assertUserCan(viewer, "reading:amend");
    const { audit, cases, clock } = this.#deps;
    assertSignatureProved(viewer, clock.now());
    return audit.changeAndRecord(viewer, async (tx, record) => {
      const { earlier, before } = await lockForAmending(
        tx,
        cases,
        viewer,
        versionId,
      );
      const at = clock.now();
      const report = withAddendum(readReport(earlier.report), {
        text,
        at,
        language,
      });
      const { agreesWithAi, retakeReason } = before;
      await dropKeptText(tx, viewer, "ADDENDUM", earlier.id);
      return amendCase(
        tx,
        record,
        before,
        earlier,
        {
          decision: {
            decidedLabel: earlier.label,
            agreesWithAi,
            retakeReason,
            signedAt: at,
          },
          version: { ...whatWasSigned(earlier), report },
        },
        "reading.addendum-added",
      );
    });
  }
}

/** Everything that the next version takes over as it stands. */
export function whatWasSigned(earlier: ReadingVersion) {
  const { predictionId, label, decision, confidence, comment } = earlier;
  const { overrideReason, changeReason, findings, marks } = earlier;
  const { notDiagnosticReason, retakeAsked } = earlier;
  return {
    predictionId,
    label,
    decision,
    overrideReason,
    changeReason,
    notDiagnosticReason,
    retakeAsked,
    confidence,
    comment,
    // Columns that are never null come back as the JSON that was put in.
    findings: findings as Prisma.InputJsonValue,
    marks: marks as Prisma.InputJsonValue,
    amendReason: null,
  };
}
