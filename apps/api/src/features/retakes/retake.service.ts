import type { Case } from "@lung-iris/prisma";
import { assertCan, assertUserCan } from "../../access/authorize.ts";
import type { Viewer } from "../../access/viewer.ts";
import type { AuditLog } from "../../audit/audit-log.ts";
import type { RetakeEnd } from "../../audit/events/case-events.ts";
import { BadInputError } from "../../errors.ts";
import { dropKeptText } from "../kept-texts/drop-kept-text.ts";
import type { CaseRetakeCommands } from "./case-retake.commands.ts";
import type { CaseService } from "../cases/case.service.ts";

/** Longest note beside a reason, in characters. */
const MAX_NOTE = 500;

/** Films that readers asked for again: a task of those who send them. */
export class RetakeService {
  readonly #deps: {
    audit: AuditLog;
    cases: CaseService;
    retakes: CaseRetakeCommands;
  };

  constructor(deps: {
    audit: AuditLog;
    cases: CaseService;
    retakes: CaseRetakeCommands;
  }) {
    this.#deps = deps;
  }

  /**
   * Says that the film that was asked for will not come, and why.
   *
   * @throws RETAKE_NOT_ASKED, or BAD_USER_INPUT for "other" without a note.
   */
  async end(
    viewer: Viewer,
    caseId: string,
    reason: RetakeEnd,
    note: string | null,
  ): Promise<Case> {
    assertUserCan(viewer, "case:end-retake");
    const said = checkedNote(reason, note);
    const { audit, cases, retakes } = this.#deps;
    return audit.changeAndRecord(viewer, async (tx, record) => {
      const before = await cases.lock(tx, viewer, caseId);
      assertCan(viewer, "case:end-retake", { what: "case", ...before });
      await dropKeptText(tx, viewer, "RETAKE_END", before.id);
      return retakes.end(tx, record, before, {
        cause: "staff",
        reason,
        note: said,
        actor: viewer,
      });
    });
  }
}

function checkedNote(reason: RetakeEnd, note: string | null): string | null {
  const text = note?.trim() ?? "";
  if (text.length > MAX_NOTE || (reason === "OTHER" && text === "")) {
    throw new BadInputError(
      `Say why no film will come, in at most ${String(MAX_NOTE)} characters.`,
      ["note"],
    );
  }
  return text === "" ? null : text;
}
