import { Prisma } from "@lung-iris/prisma";
import type { Case, ReadingVersion, Tx } from "@lung-iris/prisma";
import type { RecordEvent } from "../../audit/audit-log.ts";
import { changesOf } from "../../audit/changes.ts";
import { newId } from "../../platform/ids.ts";
import { renewLabel } from "../labels/renew-label.ts";
import { tellOfRetake } from "./tell-of-retake.ts";
import { beginProcedures } from "../procedures/begin-procedures.ts";
import {
  CASE_COLUMNS,
  READING_COLUMNS,
  tellWorklists,
  versionEvent,
} from "../case-rows/case-event.ts";
import { transition } from "../case-machine/case.machine.ts";
import {
  clearNotices,
  insertVersion,
  stepReading,
  updateCase,
} from "./case.store.ts";
import type { ReadingChange } from "./case.store.ts";
import type {
  SecondReadBar,
  SignedDecision,
} from "../case-machine/case.transition.ts";

/**
 * The commands that write what a reader says of a case, each in the caller's
 * transaction, as those of case.commands.ts.
 */

/** The AI of a control case, closed until now, has its say with the reading. */
const SIGNED_MOMENTS = ["READING", "AI"] as const;

/** Ends the reading with what was signed, and the case with it. */
export async function signCase(
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
    /** Of a further reading: what came to keep the reader from it since. */
    bar?: SecondReadBar | null;
  },
): Promise<ReadingVersion> {
  const { readerId, reading, decision, version } = signed;
  const { secondReasons = [], agrees = false, bar = null } = signed;
  const now = decision.signedAt;
  const step = transition(before, {
    kind: "sign",
    readerId,
    now,
    decision,
    secondReasons,
    agrees,
    bar,
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
  await tellWorklists(tx, after, step.notice ?? "SIGNED");
  await tellOfRetake(tx, { before, after, readerId });
  await beginProcedures(tx, record, after, SIGNED_MOMENTS, decision.signedAt);
  return made;
}

/** Adds a version to what was signed; an addendum decides nothing anew. */
export async function amendCase(
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
  await tellWorklists(tx, after, step.notice ?? "SIGNED");
  await tellOfRetake(tx, { before, after, readerId: earlier.readerId });
  await beginProcedures(tx, record, after, SIGNED_MOMENTS, decision.signedAt);
  return made;
}

/**
 * Signs a case that was opened again with the version that stood before, which
 * becomes the next one; its signer need not be told any more.
 */
export async function restoreCase(
  tx: Tx,
  record: RecordEvent,
  before: Case,
  earlier: ReadingVersion,
  {
    decision,
    version,
    secondReasons,
  }: SignedVersion & { secondReasons: readonly string[] },
): Promise<ReadingVersion> {
  const now = decision.signedAt;
  const { readerId } = earlier;
  const step = transition(before, {
    kind: "restore",
    readerId,
    now,
    decision,
    secondReasons,
  });
  await stepReading(tx, step, {
    row: before,
    readerId,
    newId: newId(now),
    now,
    leaseExpiresAt: null,
    change: {},
  });
  const made = await insertVersion(tx, {
    ...version,
    siteId: earlier.siteId,
    caseId: earlier.caseId,
    readingId: earlier.readingId,
    readerId,
    version: earlier.version + 1,
    signedAt: now,
  });
  const after = await updateCase(tx, before.id, step.columns, true);
  await clearNotices(tx, before.id, readerId);
  await renewLabel(tx, after, now);
  record(
    versionEvent("reading.restored", {
      patientId: before.patientId,
      cases: changesOf(before, after, CASE_COLUMNS),
      readings: { before: {}, after: {} },
      earlier,
      made,
    }),
  );
  await tellWorklists(tx, after, "SIGNED");
  await tellOfRetake(tx, { before, after, readerId });
  await beginProcedures(tx, record, after, SIGNED_MOMENTS, now);
  return made;
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
