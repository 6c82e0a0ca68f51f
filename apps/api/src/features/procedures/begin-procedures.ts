import type {
  Case,
  ProcedureMoment,
  ProcedureStep,
  Tx,
} from "@lung-iris/prisma";
import type { RecordEvent } from "../../audit/audit-log.ts";
import { addSeconds } from "../../platform/clock.ts";
import { factsAt } from "./procedure-facts.ts";
import { begins } from "./procedure.rules.ts";
import { stepEvent } from "./procedure-step-event.ts";
import {
  insertRun,
  lockReadBacks,
  planOf,
  updateStep,
  versionsBegunBy,
} from "./procedure.store.ts";

type Triggering = Pick<
  Case,
  "id" | "siteId" | "patientId" | "policyVersion" | "isControl" | "state"
>;

/**
 * Begins what the site's procedures ask for at these moments of a case, in
 * the transaction that brought them, so that neither is without the other.
 * What has begun for the case begins no second time. The case's lock is held.
 */
export async function beginProcedures(
  tx: Tx,
  record: RecordEvent,
  row: Triggering,
  moments: readonly ProcedureMoment[],
  now: Date,
): Promise<void> {
  const versions = await versionsBegunBy(tx, row.siteId, moments);
  for (const moment of moments) {
    const waiting = versions.filter(
      ({ document }) => document.trigger.moment === moment,
    );
    if (waiting.length === 0) continue;
    const [facts] = await factsAt(tx, moment, [row]);
    if (facts === undefined) continue;
    for (const version of waiting) {
      if (!begins(version.document.trigger, facts)) continue;
      const run = await insertRun(tx, row, version, now);
      if (run === null) continue;
      record({
        type: "procedure.begun",
        siteId: row.siteId,
        patientId: row.patientId,
        subject: { type: "procedure-run", id: run.id },
        details: {
          caseId: row.id,
          procedureId: version.procedureId,
          versionId: version.id,
          moment,
        },
      });
    }
  }
}

/** What became of a critical result that procedures wait for. */
export type CriticalOutcome =
  | { kind: "read-back"; at: Date; byId: string | null; byName: string }
  | { kind: "withdrawn" }
  /** Marked again, where a former mark had been taken back. */
  | { kind: "marked"; at: Date };

/** Follows a critical result with the steps of the procedures it began. */
export async function followCritical(
  tx: Tx,
  record: RecordEvent,
  of: Pick<Case, "id" | "patientId">,
  outcome: CriticalOutcome,
): Promise<void> {
  const from = outcome.kind === "marked" ? "NOT_NEEDED" : "OPEN";
  for (const before of await lockReadBacks(tx, of.id, from)) {
    if (outcome.kind === "read-back" && !before.isReadBack) continue;
    const change = await changeBy(tx, before, outcome);
    const after = await updateStep(tx, before.id, change);
    const type =
      outcome.kind === "read-back"
        ? "procedure.step-done"
        : outcome.kind === "withdrawn"
          ? "procedure.step-dropped"
          : "procedure.step-reopened";
    record(stepEvent(type, of.patientId, before, after));
  }
}

async function changeBy(tx: Tx, step: ProcedureStep, outcome: CriticalOutcome) {
  switch (outcome.kind) {
    case "read-back":
      return {
        state: "DONE" as const,
        answer: "true",
        doneAt: outcome.at,
        doneById: outcome.byId,
        doneByName: outcome.byName,
      };
    case "withdrawn":
      return { state: "NOT_NEEDED" as const };
    case "marked":
      return {
        state: "OPEN" as const,
        escalatedAt: null,
        dueAt: addSeconds(outcome.at, 60 * (await planOf(tx, step)).minutes),
      };
  }
}
