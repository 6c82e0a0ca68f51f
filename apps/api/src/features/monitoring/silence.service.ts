import type { DatabaseClient } from "@lung-iris/prisma";
import { addSeconds, type Clock } from "../../platform/clock.ts";
import type { AlarmDesk } from "../alarms/alarm-desk.ts";
import { daysOf, siteClocks, type SiteClock } from "./day.store.ts";
import { sourceDays, waitingForAi } from "./monitoring.store.ts";
import {
  AI_SILENT_MINUTES,
  HABIT_DAYS,
  silentSources,
} from "./silence.rules.ts";
import { dayAfter } from "./day.rules.ts";

/** Notices what does not come: answers of the AI, films of a station. */
export class SilenceService {
  readonly #client: DatabaseClient;
  readonly #clock: Clock;
  readonly #alarms: AlarmDesk;

  constructor(deps: {
    client: DatabaseClient;
    clock: Clock;
    alarms: AlarmDesk;
  }) {
    this.#client = deps.client;
    this.#clock = deps.clock;
    this.#alarms = deps.alarms;
  }

  /** Raises and ends the alarms of silence at every site. */
  async run(): Promise<void> {
    for (const site of await siteClocks(this.#client)) {
      await this.#ofAi(site);
      await this.#ofSources(site);
    }
  }

  async #ofAi({ id }: SiteClock): Promise<void> {
    const { films, oldestSince } = await waitingForAi(this.#client, id);
    const limit = addSeconds(this.#clock.now(), -60 * AI_SILENT_MINUTES);
    const isSilent = oldestSince !== null && oldestSince <= limit;
    const holding = isSilent
      ? [{ subject: "films", since: oldestSince, figures: { films } }]
      : [];
    await this.#alarms.settle("AI_SILENT", id, holding);
  }

  async #ofSources(site: SiteClock): Promise<void> {
    const { today } = await daysOf(this.#client, site, this.#clock.now());
    const since = dayAfter(today, -HABIT_DAYS);
    const sources = await sourceDays(this.#client, site.id, since);
    const silent = silentSources(sources, today);
    await this.#alarms.settle(
      "SOURCE_SILENT",
      site.id,
      silent.map(({ source, lastDay, silentDays, usualDays }) => ({
        subject: source,
        since: new Date(`${lastDay}T00:00:00Z`),
        figures: { lastDay, silentDays, usualDays },
      })),
    );
  }
}
