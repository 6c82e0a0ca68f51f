import type { Case, Study, Tx } from "@lung-iris/prisma";
import type { RecordEvent } from "../../audit/audit-log.ts";
import type { RetakeEnd } from "../../audit/events/case-events.ts";
import type { Clock } from "../../platform/clock.ts";
import type { CaseCommands } from "../cases/case.commands.ts";
import { lockRetakesOfPatient } from "../case-rows/case.locks.ts";
import { tellRetakeDone } from "../cases/tell-of-retake.ts";

/** Who ends it; a program by its name alone. */
export interface RetakeActor {
  userId: string | null;
  name: string;
}

/** Why the wait for another film is over. */
export type RetakeEnded =
  | { cause: "film-arrived"; imageId: string }
  | { cause: "staff"; reason: RetakeEnd; note: string | null };

/**
 * The commands that end the wait for a film that a reader asked for, each in
 * the caller's transaction, as those of case.commands.ts, which carry them
 * out.
 */
export class CaseRetakeCommands {
  readonly #commands: CaseCommands;
  readonly #clock: Clock;

  constructor(commands: CaseCommands, clock: Clock) {
    this.#commands = commands;
    this.#clock = clock;
  }

  /**
   * Ends the wait and tells who asked.
   *
   * @throws RETAKE_NOT_ASKED where nobody waits for a film.
   */
  async end(
    tx: Tx,
    record: RecordEvent,
    before: Case,
    why: RetakeEnded & { actor: RetakeActor },
  ): Promise<Case> {
    const { actor, ...details } = why;
    const { after } = await this.#commands.apply(
      tx,
      record,
      before,
      { kind: "end-retake", now: this.#clock.now() },
      { details },
    );
    await tellRetakeDone(tx, after, actor);
    return after;
  }

  /**
   * A film came in: what was asked for of its patient is there, unless the
   * film was taken before the one that it should replace. Returns the cases.
   */
  async filmArrived(
    tx: Tx,
    record: RecordEvent,
    film: { study: Study; imageId: string; actor: RetakeActor },
  ): Promise<Case[]> {
    const { study, imageId, actor } = film;
    const ended: Case[] = [];
    for (const before of await lockRetakesOfPatient(tx, study)) {
      const why = { cause: "film-arrived", imageId, actor } as const;
      ended.push(await this.end(tx, record, before, why));
    }
    return ended;
  }
}
