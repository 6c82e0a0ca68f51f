import type { DatabaseClient } from "@lung-iris/prisma";
import { addSeconds, type Clock } from "../../platform/clock.ts";
import type { AlarmDesk } from "../alarms/alarm-desk.ts";
import {
  ALARM_Z,
  changesOf,
  type PeriodChange,
  type PeriodFacts,
} from "./before-after.rules.ts";
import {
  PERIOD_DAYS,
  type BeforeAfterService,
} from "./before-after.service.ts";
import { youngPromotions, type PromotionRow } from "./promotion.store.ts";

const DAY_SECONDS = 24 * 60 * 60;

/**
 * Raises an alarm where a model does otherwise than the one that it replaced,
 * for two weeks after its promotion. It stays until then, or until the
 * promotion is taken back: that the figures come nearer again for an hour says
 * nothing.
 */
export class PromotionWatchService {
  readonly #deps: {
    client: DatabaseClient;
    clock: Clock;
    alarms: AlarmDesk;
    beforeAfters: BeforeAfterService;
  };

  constructor(deps: {
    client: DatabaseClient;
    clock: Clock;
    alarms: AlarmDesk;
    beforeAfters: BeforeAfterService;
  }) {
    this.#deps = deps;
  }

  /** Looks at every site; how many alarms were raised. */
  async run(): Promise<number> {
    const { client, clock, alarms } = this.#deps;
    const since = addSeconds(clock.now(), -PERIOD_DAYS * DAY_SECONDS);
    const young = await youngPromotions(client, since);
    const open = await alarms.open("PROMOTION");
    const siteIds = new Set([...young, ...open].map(({ siteId }) => siteId));
    let raised = 0;
    for (const siteId of siteIds) {
      const row = young.find((one) => one.siteId === siteId) ?? null;
      const ringing = row === null ? [] : await this.#ringing(row);
      const staying = open.filter(
        (alarm) =>
          alarm.siteId === siteId &&
          row !== null &&
          alarm.subject.startsWith(`${row.id}/`) &&
          !ringing.some(({ subject }) => subject === alarm.subject),
      );
      const holding = [
        ...ringing,
        // Open already: neither time nor figures are written again.
        ...staying.map(({ subject }) => ({ subject, since, figures: {} })),
      ];
      raised += await alarms.settle("PROMOTION", siteId, holding);
    }
    return raised;
  }

  async #ringing(row: PromotionRow) {
    const compared = await this.#deps.beforeAfters.compare(row);
    if (compared === null || row.decidedAt === null) return [];
    const { before, after } = compared;
    const since = row.decidedAt;
    return changesOf(before, after, ALARM_Z).map((change) => ({
      subject: `${row.id}/${change}`,
      since,
      figures: {
        change,
        model: row.candidate.name,
        before: shareOf(change, before),
        after: shareOf(change, after),
        films: change === "agreement-fell" ? after.signed : after.films,
      },
    }));
  }
}

/** The share that a change is of, in thousandths. */
function shareOf(change: PeriodChange, facts: PeriodFacts): number | null {
  const [hits, of] = {
    "agreement-fell": [facts.agreed, facts.signed] as const,
    "positives-rose": [facts.positive, facts.films] as const,
    "positives-fell": [facts.positive, facts.films] as const,
    "refusals-rose": [facts.refused, facts.films] as const,
  }[change];
  return of === 0 ? null : Math.round((hits / of) * 1_000) / 1_000;
}
