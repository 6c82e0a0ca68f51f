import type { DatabaseClient } from "@lung-iris/prisma";
import { assertUserCan } from "../../access/authorize.ts";
import type { Viewer } from "../../access/viewer.ts";
import { BadInputError } from "../../errors.ts";
import { addSeconds } from "../../platform/clock.ts";
import type { Clock } from "../../platform/clock.ts";
import { summarise, type ReadingSummary } from "./my-reading.rules.ts";
import { ownReadings } from "./my-reading.store.ts";

const WEEK_SECONDS = 7 * 86_400;
export const MOST_WEEKS = 52;

/** A reader's own figures, which nobody else is shown. */
export class MyReadingService {
  readonly #client: DatabaseClient;
  readonly #clock: Clock;

  constructor(deps: { client: DatabaseClient; clock: Clock }) {
    this.#client = deps.client;
    this.#clock = deps.clock;
  }

  /**
   * What the viewer has signed in the last weeks, summed up.
   *
   * @throws FORBIDDEN for who does not read, or BAD_USER_INPUT.
   */
  async summary(viewer: Viewer, weeks: number): Promise<ReadingSummary> {
    assertUserCan(viewer, "reading:sign");
    if (weeks < 1 || weeks > MOST_WEEKS) {
      throw new BadInputError(
        `This is between 1 and ${String(MOST_WEEKS)} weeks.`,
        ["weeks"],
      );
    }
    const until = this.#clock.now();
    const since = addSeconds(until, -weeks * WEEK_SECONDS);
    const { userId, siteIds } = viewer;
    const readings =
      siteIds.length === 0
        ? []
        : await ownReadings(this.#client, userId, siteIds, since);
    return summarise(readings, since, until);
  }
}
