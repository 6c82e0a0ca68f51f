import type { Case, Label, PreliminaryReport } from "@lung-iris/prisma";
import { assertUserCan, can } from "../../access/authorize.ts";
import type { Viewer } from "../../access/viewer.ts";
import type { AuditLog } from "../../audit/audit-log.ts";
import { BadInputError, ConflictError } from "../../errors.ts";
import { addSeconds } from "../../platform/clock.ts";
import type { Clock } from "../../platform/clock.ts";
import { newId } from "../../platform/ids.ts";
import type { CaseCommands } from "../cases/case.commands.ts";
import type { CaseService } from "../cases/case.service.ts";
import { isReadBy } from "../cases/case.rules.ts";
import type { SitePolicies } from "../policies/site-policies.ts";
import {
  checkFindings,
  findingsFor,
} from "../reading-findings/reading-finding.rules.ts";
import { plainFindings } from "../reading-findings/reading-finding.ts";
import type { GivenFinding } from "../reading-findings/reading-finding.ts";
import { openReading } from "../readings/reading.reads.ts";
import { checkReport } from "../reports/report.ts";
import { insertPreliminary } from "./preliminary.store.ts";

export interface PreliminaryRequest {
  caseId: string;
  label: Label;
  findings?: readonly GivenFinding[] | null;
  /** As given; `checkReport` says what it must be. */
  report: object;
}

export interface PreliminaryServiceDeps {
  clock: Clock;
  audit: AuditLog;
  cases: CaseService;
  commands: CaseCommands;
  policies: SitePolicies;
}

/** Reports that are given out before the signature. */
export class PreliminaryService {
  readonly #deps: PreliminaryServiceDeps;

  constructor(deps: PreliminaryServiceDeps) {
    this.#deps = deps;
  }

  /**
   * Gives out what the holder of a case has written so far. The case stays to
   * be signed, and says nothing of how the text stands to the AI.
   *
   * @throws CASE_NOT_CLAIMED, CASE_ALREADY_SIGNED, PRELIMINARY_NOT_ALLOWED,
   *   FINDINGS_MISMATCH, or BAD_USER_INPUT for an empty report.
   */
  issue(
    viewer: Viewer,
    request: PreliminaryRequest,
  ): Promise<PreliminaryReport> {
    assertUserCan(viewer, "reading:issue-preliminary");
    const { audit, cases, clock, commands, policies } = this.#deps;
    const report = checkReport(request.report);
    if (report === null) {
      throw new BadInputError("Write the report first: it is empty.", [
        "input.report",
      ]);
    }
    return audit.changeAndRecord(viewer, async (tx, record) => {
      const before = await cases.lock(tx, viewer, request.caseId);
      assertUserCan(viewer, "reading:issue-preliminary", {
        what: "case",
        ...before,
      });
      const { document } = await policies.inForce(tx, before.siteId);
      if (!document.reports.preliminary) {
        throw new ConflictError(
          "PRELIMINARY_NOT_ALLOWED",
          "This site gives no report out before it is signed.",
        );
      }
      const { label } = request;
      const findings = request.findings
        ? checkFindings(plainFindings(request.findings), label, 0)
        : findingsFor(label, []);
      const now = clock.now();
      const id = newId(now);
      const reading = await openReading(tx, before.id, viewer.userId);
      const isHolder = isReadBy(before, viewer) && reading !== null;
      const made = isHolder
        ? await insertPreliminary(tx, {
            id,
            siteId: before.siteId,
            caseId: before.id,
            readingId: reading.id,
            readerId: viewer.userId,
            label,
            findings,
            report,
            issuedAt: now,
          })
        : null;
      const until = addSeconds(now, document.reading.leaseMinutes * 60);
      // Refuses whoever does not hold the case, with the reason.
      await commands.apply(
        tx,
        record,
        before,
        { kind: "issue-preliminary", readerId: viewer.userId, now, until },
        {
          details: {
            preliminaryId: id,
            number: made?.number ?? 0,
            label,
            report,
            findings,
          },
        },
      );
      if (made === null) throw new Error("issued without a reading");
      return made;
    });
  }

  /** Whether the viewer may give a report of the case out now. */
  async canIssue(viewer: Viewer, row: Case): Promise<boolean> {
    if (!isReadBy(row, viewer)) return false;
    if (!can(viewer, "reading:issue-preliminary", row.siteId)) return false;
    const { document } = await this.#deps.policies.current(row.siteId);
    return document.reports.preliminary;
  }
}
