import type { Case, Tx } from "@lung-iris/prisma";
import type { RecordEvent } from "../../audit/audit-log.ts";
import type { Clock } from "../../platform/clock.ts";
import type { CaseCommands } from "./case.commands.ts";
import { newestVersion } from "./case.reads.ts";
import { noteForSigner } from "./case.store.ts";

/** How a film left its case. */
export interface FilmLoss {
  imageId: string;
  cause: "moved" | "removed";
  /** Whether no other film is left in the study. */
  isLast: boolean;
  reason: string;
}

/** What of a film that stays was corrected. */
export interface FilmTurn {
  imageId: string;
  reason: string;
  isAskedAgain: boolean;
  isReadAgain: boolean;
}

/** What a case shows of the AI that has no film to speak of. */
const NOTHING_SHOWN = {
  assessment: "NOT_ASSESSED",
  notAssessedReason: "no-film",
  shownPredictionId: null,
  probability: null,
  threshold: null,
} as const satisfies Partial<Case>;

/**
 * The commands of a corrected film, each in the caller's transaction with the
 * case locked, as those of case.commands.ts, which carry them out.
 */
export class CaseFilmCommands {
  readonly #commands: CaseCommands;
  readonly #clock: Clock;

  constructor(commands: CaseCommands, clock: Clock) {
    this.#commands = commands;
    this.#clock = clock;
  }

  /**
   * A film is no longer the case's. A signed case is opened again for its
   * signer, who is told; one without any film left leaves every list.
   */
  async loseFilm(
    tx: Tx,
    record: RecordEvent,
    before: Case,
    { imageId, cause, isLast, reason }: FilmLoss,
  ): Promise<Case> {
    const now = this.#clock.now();
    const signed = await this.#signed(tx, before);
    const { after } = await this.#commands.apply(
      tx,
      record,
      before,
      { kind: "lose-film", now, isLast, signerId: signed?.readerId ?? null },
      {
        ...(isLast ? { change: { ...NOTHING_SHOWN, urgencyReasons: [] } } : {}),
        details: {
          imageId,
          cause,
          reason,
          ...(signed === null
            ? {}
            : { wipedVersionId: signed.id, signerId: signed.readerId }),
        },
      },
    );
    if (signed !== null)
      await noteForSigner(tx, signed.readingId, "film-left", now);
    return after;
  }

  /**
   * A film of the case lies otherwise now, or is another view. The signer is
   * told; sides that he signed of a film that is turned he reads again.
   */
  async turnFilm(
    tx: Tx,
    record: RecordEvent,
    before: Case,
    { imageId, reason, ...turn }: FilmTurn,
  ): Promise<Case> {
    const now = this.#clock.now();
    const signed = await this.#signed(tx, before);
    const { after } = await this.#commands.apply(
      tx,
      record,
      before,
      {
        kind: "turn-film",
        now,
        signerId: signed?.readerId ?? null,
        ...turn,
      },
      {
        details: {
          imageId,
          reason,
          ...(signed === null || !turn.isReadAgain
            ? {}
            : { wipedVersionId: signed.id, signerId: signed.readerId }),
        },
      },
    );
    if (signed !== null)
      await noteForSigner(tx, signed.readingId, "film-turned", now);
    return after;
  }

  async #signed(tx: Tx, row: Case) {
    return row.state === "SIGNED" ? newestVersion(tx, row.id, "PRIMARY") : null;
  }
}
