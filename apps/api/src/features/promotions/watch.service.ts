import type { DatabaseClient } from "@lung-iris/prisma";
import { assertCan } from "../../access/authorize.ts";
import type { Viewer } from "../../access/viewer.ts";
import type { Clock } from "../../platform/clock.ts";
import { LEADING_FINDING } from "../findings/finding-catalogue.ts";
import type { SitePolicies } from "../policies/site-policies.ts";
import type { PromotionRow } from "./promotion.store.ts";
import { alarmsOf, type WatchAlarm, type WatchFacts } from "./watch.rules.ts";
import { watchFilms } from "./watch.store.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
/** How long a promotion is watched, and how far back it is compared. */
const WATCH_DAYS = 14;

/** The two weeks after a promotion against the two weeks before. */
export interface Watch {
  isOver: boolean;
  until: Date;
  before: WatchFacts;
  after: WatchFacts;
  alarms: WatchAlarm[];
}

/** Looks after what was promoted. */
export class WatchService {
  readonly #deps: {
    client: DatabaseClient;
    clock: Clock;
    policies: SitePolicies;
  };

  constructor(deps: {
    client: DatabaseClient;
    clock: Clock;
    policies: SitePolicies;
  }) {
    this.#deps = deps;
  }

  /** Null where it was never approved. */
  async of(viewer: Viewer, row: PromotionRow): Promise<Watch | null> {
    const { siteId, decidedAt, state } = row;
    assertCan(viewer, "model:manage", { what: "promotion", siteId });
    if (decidedAt === null || state === "REJECTED") return null;
    const { client, clock, policies } = this.#deps;
    const end = new Date(decidedAt.getTime() + WATCH_DAYS * DAY_MS);
    const now = clock.now();
    const until = [end, row.rolledBackAt ?? now, now].reduce((a, b) =>
      a < b ? a : b,
    );
    const from = new Date(decidedAt.getTime() - WATCH_DAYS * DAY_MS);
    const { thresholds } = await policies.current(siteId);
    const facts = async (
      model: PromotionRow["candidate"],
      start: Date,
      stop: Date,
    ): Promise<WatchFacts> => {
      const own = thresholds[model.fingerprint]?.[LEADING_FINDING];
      const films = await watchFilms(client, {
        siteId,
        modelVersionId: model.id,
        from: start,
        until: stop,
        finding: LEADING_FINDING,
        child: own?.["child"] ?? null,
        adult: own?.["adult"] ?? null,
      });
      return { ...films, days: (stop.getTime() - start.getTime()) / DAY_MS };
    };
    const before = await facts(row.replaces, from, decidedAt);
    const after = await facts(row.candidate, decidedAt, until);
    return {
      isOver: until < now || until >= end,
      until: end,
      before,
      after,
      alarms: alarmsOf(before, after),
    };
  }
}
