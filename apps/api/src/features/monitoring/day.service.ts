import { withTransaction, type DatabaseClient } from "@lung-iris/prisma";
import type { Clock } from "../../platform/clock.ts";
import { daysToCount } from "./day.rules.ts";
import { countDay, daysOf, siteClocks } from "./day.store.ts";

/** Keeps the table of days that the page reads. */
export class DayService {
  readonly #client: DatabaseClient;
  readonly #clock: Clock;
  #isRunning = false;

  constructor(deps: { client: DatabaseClient; clock: Clock }) {
    this.#client = deps.client;
    this.#clock = deps.clock;
  }

  /**
   * Counts what is new at every site, the oldest day first, each in a
   * transaction of its own: a run that ends early is gone on with. At night
   * also the days whose labels may have changed. A run that finds another of
   * this process at work leaves it to that.
   */
  async run(isNight: boolean): Promise<void> {
    if (this.#isRunning) return;
    this.#isRunning = true;
    try {
      await this.#countAll(isNight);
    } finally {
      this.#isRunning = false;
    }
  }

  async #countAll(isNight: boolean): Promise<void> {
    for (const site of await siteClocks(this.#client)) {
      const known = await daysOf(this.#client, site, this.#clock.now());
      for (const day of daysToCount(known, isNight))
        await withTransaction(this.#client, (tx) => countDay(tx, site, day));
    }
  }
}
