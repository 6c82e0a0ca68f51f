import { Prisma } from "@lung-iris/prisma";
import type {
  Case,
  Patient,
  Reading,
  ReadingVersion,
  Study,
  Tx,
} from "@lung-iris/prisma";
import type { AuditEventInput } from "../../audit/audit-event.ts";
import type { RecordEvent } from "../../audit/audit-log.ts";
import { changesOf } from "../../audit/changes.ts";
import type { Changes } from "../../audit/changes.ts";
import type { Clock } from "../../platform/clock.ts";
import { newId } from "../../platform/ids.ts";
import { notify } from "../../platform/notifications.ts";
import type { CaseChangeKind } from "../../platform/notifications.ts";
import { renewLabel } from "../labels/renew-label.ts";
import {
  CASE_COLUMNS,
  prefixed,
  READING_COLUMNS,
  subjectOf,
  versionEvent,
} from "./case-event.ts";
import { PLACEMENT_COLUMNS } from "./case.transition.ts";
import type {
  CaseCommand,
  CaseEntry,
  PlaceCause,
  Placement,
  SignedDecision,
  TransitionEvent,
} from "./case.transition.ts";
import { transition } from "./case.machine.ts";
import {
  caseCopies,
  insertCase,
  insertVersion,
  lockCaseOfStudy,
  lockOverdueCases,
  lockPlacedBefore,
  newestVersion,
  noteForSigner,
  stepReading,
  updateCase,
} from "./case.store.ts";
import type { CaseChange, Overdue, ReadingChange } from "./case.store.ts";

import type { SignerNotice } from "./signer-notice.ts";

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

  /** Reads the case of a study and holds it until the transaction ends. */
  lockOfStudy(tx: Tx, studyId: string): Promise<Case> {
    return lockCaseOfStudy(tx, studyId);
  }

  /** Waiting cases past the ceilings of their classes, locked. */
  lockOverdue(tx: Tx, which: Overdue): Promise<Case[]> {
    return lockOverdueCases(tx, which);
  }

  /** Open cases that a policy before this version placed, locked. */
  lockPlacedBefore(
    tx: Tx,
    siteId: string,
    version: number,
    limit: number,
  ): Promise<Case[]> {
    return lockPlacedBefore(tx, siteId, version, limit);
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
      await tell(tx, made, "ARRIVED");
      return { row: made, before: null };
    }
    const before = await lockCaseOfStudy(tx, study.id);
    const wiped =
      before.state === "SIGNED"
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
          ...(wiped === null
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
    return { after, isNews: true };
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

  /** Ends the reading with what was signed, and the case with it. */
  async sign(
    tx: Tx,
    record: RecordEvent,
    before: Case,
    signed: SignedVersion & {
      readerId: string;
      reading: ReadingChange;
      /** The reader says so of a film that the gate doubted. */
      confirmsChestFilm: boolean;
      /** Of a first reading: which rules ask for a second one. */
      secondReasons?: readonly string[];
      /** Of a second reading: whether it says what the first one says. */
      agrees?: boolean;
    },
  ): Promise<ReadingVersion> {
    const { readerId, reading, decision, version } = signed;
    const { secondReasons = [], agrees = false } = signed;
    const now = decision.signedAt;
    const step = transition(before, {
      kind: "sign",
      readerId,
      now,
      decision,
      secondReasons,
      agrees,
    });
    const rows = await stepReading(tx, step, {
      row: before,
      readerId,
      newId: newId(now),
      now,
      leaseExpiresAt: null,
      change: { ...reading, draft: Prisma.DbNull, draftSavedAt: null },
    });
    if (rows.after === null) throw new Error("signed without a reading");
    const made = await insertVersion(tx, {
      ...version,
      siteId: before.siteId,
      caseId: before.id,
      readingId: rows.after.id,
      readerId,
      version: 1,
      signedAt: now,
    });
    const after = await updateCase(tx, before.id, step.columns, true);
    await renewLabel(tx, after, decision.signedAt);
    record(
      versionEvent("reading.signed", {
        patientId: before.patientId,
        cases: changesOf(before, after, CASE_COLUMNS),
        readings: changesOf(rows.before, rows.after, READING_COLUMNS),
        earlier: null,
        made,
        stage: step.stage,
        confirmsChestFilm: signed.confirmsChestFilm,
      }),
    );
    await tell(tx, after, step.notice ?? "SIGNED");
    return made;
  }

  /** Adds a version to what was signed; an addendum decides nothing anew. */
  async amend(
    tx: Tx,
    record: RecordEvent,
    before: Case,
    earlier: ReadingVersion,
    { decision, version, ...beside }: SignedVersion & { agrees?: boolean },
    type: "reading.amended" | "reading.addendum-added" = "reading.amended",
  ): Promise<ReadingVersion> {
    const step = transition(before, { kind: "amend", decision, ...beside });
    const made = await insertVersion(tx, {
      ...version,
      siteId: earlier.siteId,
      caseId: earlier.caseId,
      readingId: earlier.readingId,
      readerId: earlier.readerId,
      version: earlier.version + 1,
      signedAt: decision.signedAt,
    });
    const after = await updateCase(
      tx,
      before.id,
      step.columns,
      step.raisesVersion,
    );
    await renewLabel(tx, after, decision.signedAt);
    record(
      versionEvent(type, {
        patientId: before.patientId,
        cases: changesOf(before, after, CASE_COLUMNS),
        readings: { before: {}, after: {} },
        earlier,
        made,
      }),
    );
    await tell(tx, after, step.notice ?? "SIGNED");
    return made;
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
    if (step.notice !== null) await tell(tx, after, step.notice);
    return { after, changes, reading: rows.after };
  }
}

/**
 * Whether the state lets the reader sign at all.
 *
 * @throws CASE_ALREADY_SIGNED, CASE_CLAIMED_BY_ANOTHER or CASE_NOT_CLAIMED.
 */
export function assertMaySign(row: Case, readerId: string, now: Date): void {
  const decision = {
    decidedLabel: "OTHER",
    agreesWithAi: null,
    retakeReason: null,
  } as const;
  transition(row, {
    kind: "sign",
    readerId,
    now,
    decision: { ...decision, signedAt: now },
  });
}

/** What a signature or an amendment says. */
export interface SignedVersion {
  decision: SignedDecision;
  version: Omit<
    Parameters<typeof insertVersion>[1],
    "siteId" | "caseId" | "readingId" | "readerId" | "version" | "signedAt"
  >;
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

/** Tells every open worklist of the site, once the transaction commits. */
function tell(tx: Tx, row: Case, kind: CaseChangeKind): Promise<void> {
  return notify(tx, {
    topic: "case",
    kind,
    caseId: row.id,
    siteId: row.siteId,
  });
}
