import type { Case, Patient, Reading, Study, Tx } from "@lung-iris/prisma";
import type { AuditEventInput } from "../../audit/audit-event.ts";
import type { RecordEvent } from "../../audit/audit-log.ts";
import { changesOf } from "../../audit/changes.ts";
import type { Changes } from "../../audit/changes.ts";
import type { Clock } from "../../platform/clock.ts";
import { newId } from "../../platform/ids.ts";
import { renewLabel } from "../labels/renew-label.ts";
import { beginProcedures } from "../procedures/begin-procedures.ts";
import {
  CASE_COLUMNS,
  prefixed,
  READING_COLUMNS,
  subjectOf,
  tellWorklists,
} from "../case-rows/case-event.ts";
import { lockCaseOfStudy } from "../case-rows/case.locks.ts";
import { PLACEMENT_COLUMNS } from "../case-machine/case.transition.ts";
import type {
  CaseCommand,
  CaseEntry,
  PlaceCause,
  Placement,
  TransitionEvent,
} from "../case-machine/case.transition.ts";
import { transition } from "../case-machine/case.machine.ts";
import {
  caseCopies,
  insertCase,
  noteForSigner,
  stepReading,
  updateCase,
} from "./case.store.ts";
import type { CaseChange, ReadingChange } from "./case.store.ts";
import { newestVersion } from "./case.reads.ts";
import type { SignerNotice } from "../case-rows/signer-notice.ts";

export type { ReadingChange } from "./case.store.ts";

/** What a transition left. */
export interface Applied {
  after: Case;
  changes: Changes;
  reading: Reading | null;
}

interface Beside {
  /** Columns that the machine does not decide. */
  change?: CaseChange;
  /** What is noted on the reader's own reading. */
  reading?: ReadingChange;
  details?: Extract<AuditEventInput, { type: TransitionEvent }>["details"];
}

const AI_MOMENTS = ["AI"] as const;
const CORRECTED_MOMENTS = ["ARRIVAL", "AI"] as const;

/**
 * The commands of a case, each in the caller's transaction with the case
 * locked: the machine says what follows, the store writes it, one event
 * records it with before and after, and open worklists are told.
 */
export class CaseCommands {
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Puts a study on the worklist. A case that is there already takes the new
   * film in; one that was signed is opened again for its signer, because
   * nobody has seen this film.
   */
  async arrive(
    tx: Tx,
    record: RecordEvent,
    arrival: {
      patient: Patient;
      study: Study;
      /** Codes shown until the AI has looked, beside "pending". */
      notes: readonly string[];
      imageId: string;
      /** What counts only where the case is new. */
      entry: CaseEntry;
    },
  ): Promise<{ row: Case; before: Case | null }> {
    const now = this.#clock.now();
    const { patient, study, imageId, entry } = arrival;
    const made = await insertCase(tx, {
      id: newId(now),
      patient,
      study,
      ...entry,
      urgencyReasons: [
        entry.isControl ? "control" : "pending",
        ...arrival.notes,
      ],
      arrivedAt: now,
    });
    if (made) {
      record({
        type: "case.arrived",
        ...subjectOf(made),
        ...changesOf(null, made, CASE_COLUMNS),
        details: { imageId },
      });
      await tellWorklists(tx, made, "ARRIVED");
      await beginProcedures(tx, record, made, ["ARRIVAL"], now);
      return { row: made, before: null };
    }
    const before = await lockCaseOfStudy(tx, study.id);
    // Of a case whose films were all gone, too: who signed it reads it again.
    const wiped =
      before.state === "SIGNED" || before.state === "EMPTY"
        ? await newestVersion(tx, before.id, "PRIMARY")
        : null;
    const { after } = await this.apply(
      tx,
      record,
      before,
      { kind: "add-film", now, signerId: wiped?.readerId ?? null },
      {
        change: caseCopies(patient, study),
        details: {
          imageId,
          ...(wiped === null || before.state !== "SIGNED"
            ? {}
            : { wipedVersionId: wiped.id, signerId: wiped.readerId }),
        },
      },
    );
    if (wiped !== null) {
      await noteForSigner(tx, wiped.readingId, "reopened", now);
    }
    return { row: after, before };
  }

  /**
   * Gives the case the place that the urgency rules decided; nothing happens
   * where it stands there already.
   */
  async place(
    tx: Tx,
    record: RecordEvent,
    before: Case,
    placement: Placement,
    why: { cause: PlaceCause; imageId?: string },
  ): Promise<{ after: Case; isNews: boolean }> {
    const changed = changesOf(
      before,
      { ...before, ...placement },
      PLACEMENT_COLUMNS,
    );
    if (Object.keys(changed.after).length === 0) {
      await this.#beginPlaced(tx, record, before, why.cause);
      return { after: before, isNews: false };
    }
    const { imageId } = why;
    // Only the policy's number changed: nobody who reads it need look again.
    const isSamePlace = Object.keys(changed.after).every(
      (column) => column === "policyVersion",
    );
    const { after } = await this.apply(
      tx,
      record,
      before,
      { kind: "place", cause: why.cause, isSamePlace },
      {
        change: placement,
        details: {
          cause: why.cause,
          ...(imageId === undefined ? {} : { imageId }),
        },
      },
    );
    await this.#beginPlaced(tx, record, after, why.cause);
    return { after, isNews: true };
  }

  /**
   * What was said anew of a case, or corrected, may begin procedures. A new
   * policy alone does not: its thresholds are for what comes.
   */
  async #beginPlaced(
    tx: Tx,
    record: RecordEvent,
    row: Case,
    cause: PlaceCause,
  ): Promise<void> {
    if (cause === "policy" || cause === "failed") return;
    const moments = cause === "corrected" ? CORRECTED_MOMENTS : AI_MOMENTS;
    await beginProcedures(tx, record, row, moments, this.#clock.now());
  }

  /** Lifts a case that has waited past its ceiling. */
  async raise(
    tx: Tx,
    record: RecordEvent,
    before: Case,
    place: Pick<Case, "urgency" | "urgencyReasons">,
    ceilingMinutes: number,
  ): Promise<Case> {
    const { after } = await this.apply(
      tx,
      record,
      before,
      { kind: "raise" },
      { change: place, details: { ceilingMinutes } },
    );
    return after;
  }

  /**
   * Any other command: asks the machine, writes, records and tells. The
   * event's subject is the case.
   */
  async apply(
    tx: Tx,
    record: RecordEvent,
    before: Case,
    command: CaseCommand,
    beside: Beside = {},
  ): Promise<Applied> {
    const now = this.#clock.now();
    const step = transition(before, command);
    const columns = { ...beside.change, ...step.columns };
    const after = await updateCase(tx, before.id, columns, step.raisesVersion);
    if (before.state === "SIGNED" && after.state !== "SIGNED")
      await renewLabel(tx, after, now);
    const rows = await stepReading(tx, step, {
      row: before,
      readerId: "readerId" in command ? command.readerId : null,
      newId: newId(now),
      now,
      leaseExpiresAt: after.claimExpiresAt ?? after.secondReadUntil,
      change: beside.reading ?? {},
    });
    const changes = changesOf(before, after, CASE_COLUMNS);
    const ofReading =
      rows.after === null
        ? { before: {}, after: {} }
        : changesOf(rows.before, rows.after, READING_COLUMNS);
    record({
      type: step.event,
      ...subjectOf(before),
      before: { ...changes.before, ...prefixed(ofReading.before) },
      after: { ...changes.after, ...prefixed(ofReading.after) },
      details: beside.details ?? {},
      // The machine chose the type; the log's schema checks the pair.
    } as AuditEventInput);
    if (step.notice !== null) await tellWorklists(tx, after, step.notice);
    return { after, changes, reading: rows.after };
  }
}

/** Notes on a signed reading what its signer is to be told. */
export function tellSigner(
  tx: Tx,
  readingId: string,
  notice: SignerNotice,
  at: Date,
): Promise<void> {
  return noteForSigner(tx, readingId, notice, at);
}
