import type { DatabaseClient } from "@lung-iris/prisma";
import type { Logger } from "../../logger.ts";
import type { Clock } from "../../platform/clock.ts";
import { hashAt, readHead } from "../audit.store.ts";
import type { CheckpointFolder } from "./checkpoint-folder.ts";
import type { Checkpoint } from "./checkpoint.ts";

const LOOK_EVERY_MS = 15_000;
/** A quiet desk's last events stand unnoted for at most this long. */
const LONGEST_MS = 5 * 60_000;
/** A busy desk notes one a minute, however much happens. */
const SHORTEST_MS = 60_000;
const MANY_EVENTS = 500n;

export interface CheckpointKeeperDeps {
  client: DatabaseClient;
  folder: CheckpointFolder;
  clock: Clock;
  logger: Logger;
}

/**
 * Notes down where the chain ends, every few minutes and at the stop. Before
 * each it looks whether the last one is still in the trail; when not, it says
 * so in the log and notes nothing more, so that what was written anew never
 * gets a checkpoint of its own.
 */
export class CheckpointKeeper {
  readonly #deps: CheckpointKeeperDeps;
  #last: Checkpoint | null = null;
  #timer: NodeJS.Timeout | undefined;
  #work: Promise<void> = Promise.resolve();

  constructor(deps: CheckpointKeeperDeps) {
    this.#deps = deps;
  }

  async start(): Promise<void> {
    this.#last = (await this.#deps.folder.read()).newest;
    await this.note();
    this.#timer = setInterval(() => void this.#inTurn(false), LOOK_EVERY_MS);
    this.#timer.unref();
  }

  /** Notes the end down one last time. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.note();
  }

  /** Notes the end down now, if it moved. */
  note(): Promise<void> {
    return this.#inTurn(true);
  }

  #inTurn(isNow: boolean): Promise<void> {
    this.#work = this.#work
      .then(() => this.#noteIfDue(isNow))
      .catch((error: unknown) => {
        // The database is away, or the disk is full: the next turn tries again.
        this.#deps.logger.warn({ err: error }, "no audit checkpoint was noted");
      });
    return this.#work;
  }

  async #noteIfDue(isNow: boolean): Promise<void> {
    const { client, folder, clock, logger } = this.#deps;
    const head = await readHead(client);
    if (head.seq === 0n) {
      if (this.#last !== null) this.#sayMissing(this.#last);
      return;
    }
    const now = clock.now();
    const last = this.#last;
    if (last !== null && last.hash === head.hash) return;
    if (!isNow && !isDue(last, head.seq, now)) return;
    if (last !== null && (await hashAt(client, last.seq)) !== last.hash) {
      this.#sayMissing(last);
      return;
    }
    this.#last = await folder.append(
      { seq: String(head.seq), hash: head.hash },
      now,
    );
    logger.debug({ seq: this.#last.seq }, "audit checkpoint noted");
  }

  #sayMissing({ seq, at }: Checkpoint): void {
    this.#deps.logger.error(
      { seq, at },
      "the audit trail no longer contains its last checkpoint: it was cut off or written anew, or this is another database. Run npm run audit:verify",
    );
  }
}

function isDue(last: Checkpoint | null, seq: bigint, now: Date): boolean {
  if (last === null) return true;
  const waited = now.getTime() - Date.parse(last.at);
  if (waited >= LONGEST_MS) return true;
  return waited >= SHORTEST_MS && seq - BigInt(last.seq) >= MANY_EVENTS;
}
