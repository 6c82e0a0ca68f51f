import { createHash } from "node:crypto";
import type { Viewer } from "../access/viewer.ts";
import { canonicalJson } from "./canonical-json.ts";
import type { Clock } from "../platform/clock.ts";
import { addSeconds } from "../platform/clock.ts";

const REPEAT_SECONDS = 60;
/** Some 200 bytes each; the oldest goes when it is full. */
const MAX_REMEMBERED = 10_000;

interface Look {
  rows: string;
  until: Date;
}

/**
 * Remembers what sessions were shown in the last minute, so that a list
 * which refreshes itself does not fill the audit trail with what it already
 * says. Any new or changed row makes the page a new look.
 */
export class RecentLooks {
  readonly #clock: Clock;
  readonly #looks = new Map<string, Look>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Records a look, unless the session was shown exactly this already. It is
   * remembered only once it is on record: what failed is tried again.
   */
  async once(
    viewer: Viewer,
    query: unknown,
    rows: readonly { id: string; version: number }[],
    record: () => Promise<unknown>,
  ): Promise<void> {
    if (viewer.kind !== "user") {
      await record();
      return;
    }
    const key = digest([viewer.sessionId, query]);
    const shown = digest(rows.map(({ id, version }) => [id, version]));
    const known = this.#looks.get(key);
    const now = this.#clock.now();
    if (known?.rows === shown && known.until > now) return;
    await record();
    this.#looks.delete(key); // so that the map's order is by age
    this.#looks.set(key, {
      rows: shown,
      until: addSeconds(now, REPEAT_SECONDS),
    });
    this.#forgetOldest();
  }

  #forgetOldest(): void {
    if (this.#looks.size <= MAX_REMEMBERED) return;
    const oldest = this.#looks.keys().next();
    if (oldest.done !== true) this.#looks.delete(oldest.value);
  }
}

function digest(value: unknown): string {
  return createHash("sha256").update(canonicalJson(value)).digest("base64");
}
