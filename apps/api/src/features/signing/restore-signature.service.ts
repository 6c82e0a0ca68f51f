import type {
  Case,
  DatabaseClient,
  ReadingVersion,
  Tx,
} from "@lung-iris/prisma";
import { assertUserCan, can } from "../../access/authorize.ts";
import type { Viewer } from "../../access/viewer.ts";
import type { AuditLog } from "../../audit/audit-log.ts";
import { ConflictError } from "../../errors.ts";
import type { Clock } from "../../platform/clock.ts";
import { assertSignatureProved } from "../auth/signature-proof.ts";
import { newestVersion } from "../cases/case.reads.ts";
import type { CaseService } from "../cases/case.service.ts";
import { restoreCase } from "../cases/case-signing.commands.ts";
import { filmsSince } from "../film-corrections/films-at.ts";
import { readFindings } from "../reading-findings/reading-finding.ts";
import type { SitePolicies } from "../policies/site-policies.ts";
import { agreement } from "../readings/reading.rules.ts";
import { readReport, reportColumn } from "../reports/report.ts";
import type { SecondReadSigning } from "../second-reads/second-read-signing.ts";
import { whatWasSigned } from "./addendum.service.ts";

export interface RestoreSignatureDeps {
  client: DatabaseClient;
  clock: Clock;
  audit: AuditLog;
  cases: CaseService;
  policies: SitePolicies;
  secondReads: SecondReadSigning;
}

/** Signatures that a correction of a film took, which was undone since. */
export class RestoreSignatureService {
  readonly #deps: RestoreSignatureDeps;

  constructor(deps: RestoreSignatureDeps) {
    this.#deps = deps;
  }

  /**
   * Signs the case again with the viewer's own last version, word for word,
   * where its films are again what they were then. A version of its own: what
   * is signed, somebody has signed at that time. The site's rules ask for a
   * second reading as of any signature.
   *
   * @throws NOTHING_TO_RESTORE, NOT_OWN_READING, CASE_CLAIMED_BY_ANOTHER or
   *   CASE_ALREADY_SIGNED.
   */
  restore(viewer: Viewer, caseId: string): Promise<ReadingVersion> {
    assertUserCan(viewer, "reading:sign");
    const { audit, cases, clock, policies, secondReads } = this.#deps;
    assertSignatureProved(viewer, clock.now());
    return audit.changeAndRecord(viewer, async (tx, record) => {
      const before = await cases.lock(tx, viewer, caseId);
      assertUserCan(viewer, "reading:sign", { what: "case", ...before });
      const found = await restorable(tx, before);
      if (found === null)
        throw new ConflictError(
          "NOTHING_TO_RESTORE",
          "The films of this case are not what was signed: read it again.",
        );
      const { version: earlier, undoReason } = found;
      if (earlier.readerId !== viewer.userId)
        throw new ConflictError(
          "NOT_OWN_READING",
          "Only the reader who signed a reading may restore it.",
        );
      const signedAt = clock.now();
      const { document } = await policies.inForce(tx, before.siteId);
      const { secondReasons = [] } = await secondReads.beside(
        tx,
        before,
        document.secondReads,
        {
          readerId: viewer.userId,
          label: earlier.label,
          findings: readFindings(earlier.findings),
          signedAt,
        },
      );
      return restoreCase(tx, record, before, earlier, {
        decision: {
          decidedLabel: earlier.label,
          agreesWithAi: agreement(earlier.decision),
          retakeReason: earlier.retakeAsked
            ? earlier.notDiagnosticReason
            : null,
          signedAt,
        },
        version: {
          ...whatWasSigned(earlier),
          report: reportColumn(readReport(earlier.report)),
          amendReason: undoReason,
        },
        secondReasons,
      });
    });
  }

  /** The viewer's version that may be signed again, or null. */
  async offered(viewer: Viewer, row: Case): Promise<ReadingVersion | null> {
    if (viewer.kind !== "user") return null;
    if (!can(viewer, "reading:sign", row.siteId)) return null;
    // Of nearly every case that is opened there is nothing to look for.
    if (row.reopenedAt === null) return null;
    const { client } = this.#deps;
    const found = await client.$transaction((tx) => restorable(tx, row));
    return found?.version.readerId === viewer.userId ? found.version : null;
  }
}

/** What was signed of a case that was opened again, of the films as they are. */
async function restorable(
  tx: Tx,
  row: Case,
): Promise<{ version: ReadingVersion; undoReason: string | null } | null> {
  const isOpen = row.state === "WAITING" || row.state === "READING";
  if (!isOpen || row.reopenedAt === null) return null;
  const version = await newestVersion(tx, row.id, "PRIMARY");
  if (version === null) return null;
  const since = await filmsSince(tx, row.studyId, version.signedAt);
  return since.areSame ? { version, undoReason: since.undoReason } : null;
}
