import { withTransaction, type DatabaseClient } from "@lung-iris/prisma";
import type { Clock } from "../../platform/clock.ts";
import { daysToCount } from "./day.rules.ts";
import { countDay, daysOf, siteClocks } from "./day.store.ts";

/** Keeps the table of days that the page reads. */
export class DayService {
  readonly #client: DatabaseClient;
  readonly #clock: Clock;

  constructor(deps: { client: DatabaseClient; clock: Clock }) {
    this.#client = deps.client;
    this.#clock = deps.clock;
  }

  /**
   * Counts what is new at every site, the oldest day first, each in a
   * transaction of its own: a run that ends early is gone on with. At night
   * also the days whose labels may have changed.
   */
  async run(isNight: boolean): Promise<void> {
    for (const site of await siteClocks(this.#client)) {
      const known = await daysOf(this.#client, site, this.#clock.now());
      for (const day of daysToCount(known, isNight))
        await withTransaction(this.#client, (tx) => countDay(tx, site, day));
    }
  }
}
