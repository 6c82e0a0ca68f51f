import type { DatabaseClient } from "@lung-iris/prisma";
import { systemViewer } from "../../access/viewer.ts";
import type { Logger } from "../../logger.ts";
import { addSeconds, type Clock } from "../../platform/clock.ts";
import { newRequestId } from "../../platform/ids.ts";
import type { AuditLog } from "../audit-log.ts";
import { newestOfType } from "../audit.store.ts";
import type { CheckpointFolder } from "./checkpoint-folder.ts";
import { verifyAndNote } from "./verify-and-note.ts";

const LOOK_EVERY_MS = 10 * 60_000;
const DAY_SECONDS = 24 * 60 * 60;

export interface TrailWatchDeps {
  client: DatabaseClient;
  audit: AuditLog;
  checkpoints: CheckpointFolder;
  clock: Clock;
  logger: Logger;
}

/**
 * Verifies the trail where nobody did for a day, so that a broken one is
 * found without anybody asking. Of several processes the first one does it.
 */
export class TrailWatch {
  readonly #deps: TrailWatchDeps;
  #timer: NodeJS.Timeout | undefined;
  #isWorking = false;

  constructor(deps: TrailWatchDeps) {
    this.#deps = deps;
  }

  start(): void {
    this.#timer = setInterval(() => void this.#lookInTurn(), LOOK_EVERY_MS);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Verifies if it is due; whether it did. */
  async look(): Promise<boolean> {
    const { client, clock, logger } = this.#deps;
    const last = await newestOfType(client, "audit.verified");
    const dayAgo = addSeconds(clock.now(), -DAY_SECONDS);
    if (last !== null && last.at > dayAgo) return false;
    const viewer = systemViewer("trail-watch", newRequestId());
    const { ok, count, broken } = await verifyAndNote(this.#deps, viewer);
    if (ok) logger.info({ count }, "the audit trail is whole");
    else logger.error({ broken }, "the audit trail is broken");
    return true;
  }

  async #lookInTurn(): Promise<void> {
    if (this.#isWorking) return;
    this.#isWorking = true;
    try {
      await this.look();
    } catch (error) {
      // The database is away; the next turn tries again.
      this.#deps.logger.warn({ err: error }, "the trail was not verified");
    } finally {
      this.#isWorking = false;
    }
  }
}
