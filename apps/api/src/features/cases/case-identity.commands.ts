import type { Case, Patient, Study, Tx } from "@lung-iris/prisma";
import type { RecordEvent } from "../../audit/audit-log.ts";
import { ConflictError } from "../../errors.ts";
import type { Clock } from "../../platform/clock.ts";
import type { CaseCommands } from "./case.commands.ts";
import { lockCasesOfPatient } from "../case-rows/case.locks.ts";
import { newestVersion } from "./case.reads.ts";
import { caseCopies, noteForSigner } from "./case.store.ts";
import type { CaseChange } from "./case.store.ts";

/**
 * The commands of a correction: whose case it is. Each in the caller's
 * transaction, as those of case.commands.ts, which carry them out.
 */
export class CaseIdentityCommands {
  readonly #commands: CaseCommands;
  readonly #clock: Clock;

  constructor(commands: CaseCommands, clock: Clock) {
    this.#commands = commands;
    this.#clock = clock;
  }

  /**
   * Brings a corrected name or number to every case of the patient, each a
   * transition of its own. A signed case needs a reason, and its signer is
   * told.
   *
   * @throws REASON_REQUIRED where a signed case would change without one.
   */
  async rename(
    tx: Tx,
    record: RecordEvent,
    patient: Patient,
    reason: string | null,
  ): Promise<Case[]> {
    const renamed: Case[] = [];
    for (const before of await lockCasesOfPatient(tx, patient.id)) {
      const change = { patientName: patient.name, mrn: patient.mrn ?? "" };
      if (
        before.patientName === change.patientName &&
        before.mrn === change.mrn
      )
        continue;
      renamed.push(
        await this.#changeIdentity(tx, record, before, change, {
          kind: "rename",
          reason,
        }),
      );
    }
    return renamed;
  }

  /** Hands the case to the patient whose study it is. */
  async move(
    tx: Tx,
    record: RecordEvent,
    before: Case,
    to: { patient: Patient; study: Study; reason: string | null },
  ): Promise<Case> {
    const change = caseCopies(to.patient, to.study);
    const isThere = Object.entries(change).every(
      ([column, value]) => before[column as keyof typeof change] === value,
    );
    if (isThere) return before;
    return this.#changeIdentity(tx, record, before, change, {
      kind: before.patientId === to.patient.id ? "rename" : "move",
      reason: to.reason,
    });
  }

  /**
   * Raises the version of a case that a correction has left as it was, so
   * that nobody signs what he has not read. `before`: as it was then.
   */
  async touch(tx: Tx, record: RecordEvent, before: Case): Promise<void> {
    const now = await tx.case.findUniqueOrThrow({ where: { id: before.id } });
    if (now.version > before.version) return;
    await this.#commands.apply(tx, record, now, { kind: "correct" });
  }

  async #changeIdentity(
    tx: Tx,
    record: RecordEvent,
    before: Case,
    change: CaseChange,
    { kind, reason }: { kind: "rename" | "move"; reason: string | null },
  ): Promise<Case> {
    const signed =
      before.state === "SIGNED"
        ? await newestVersion(tx, before.id, "PRIMARY")
        : null;
    if (signed !== null && (reason ?? "").trim() === "") {
      throw new ConflictError(
        "REASON_REQUIRED",
        "A signed case is among those that change: say why, its signer will read it.",
      );
    }
    const { after } = await this.#commands.apply(
      tx,
      record,
      before,
      { kind },
      { change, details: { reason } },
    );
    if (signed !== null) {
      const now = this.#clock.now();
      await noteForSigner(tx, signed.readingId, "identity-changed", now);
    }
    return after;
  }
}
