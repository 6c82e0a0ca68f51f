import type { DatabaseClient } from "@lung-iris/prisma";
import { assertCan } from "../../access/authorize.ts";
import type { Viewer } from "../../access/viewer.ts";
import type { Clock } from "../../platform/clock.ts";
import { LEADING_FINDING } from "../findings/finding-catalogue.ts";
import type { SitePolicies } from "../policies/site-policies.ts";
import type { PromotionRow } from "./promotion.store.ts";
import {
  changesOf,
  type PeriodChange,
  type PeriodFacts,
} from "./before-after.rules.ts";
import { countFilms } from "./before-after.store.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
/** How long a promotion is watched, and how far back it is compared. */
export const PERIOD_DAYS = 14;

/** The two weeks after a promotion against the two weeks before. */
export interface BeforeAfter {
  isOver: boolean;
  until: Date;
  before: PeriodFacts;
  after: PeriodFacts;
  changes: PeriodChange[];
}

/** Looks after what was promoted. */
export class BeforeAfterService {
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
  async of(viewer: Viewer, row: PromotionRow): Promise<BeforeAfter | null> {
    const { siteId } = row;
    assertCan(viewer, "model:manage", { what: "promotion", siteId });
    return this.compare(row);
  }

  /** The same for the watch, which acts for nobody. */
  async compare(row: PromotionRow): Promise<BeforeAfter | null> {
    const { siteId, decidedAt, state } = row;
    if (decidedAt === null || state === "REJECTED") return null;
    const { client, clock, policies } = this.#deps;
    const end = new Date(decidedAt.getTime() + PERIOD_DAYS * DAY_MS);
    const now = clock.now();
    const until = [end, row.rolledBackAt ?? now, now].reduce((a, b) =>
      a < b ? a : b,
    );
    const from = new Date(decidedAt.getTime() - PERIOD_DAYS * DAY_MS);
    const { thresholds } = await policies.current(siteId);
    const facts = async (
      model: PromotionRow["candidate"],
      start: Date,
      stop: Date,
    ): Promise<PeriodFacts> => {
      const own = thresholds[model.fingerprint]?.[LEADING_FINDING];
      const films = await countFilms(client, {
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
    const [before, after] = await Promise.all([
      facts(row.replaces, from, decidedAt),
      facts(row.candidate, decidedAt, until),
    ]);
    return {
      isOver: until < now || until >= end,
      until: end,
      before,
      after,
      changes: changesOf(before, after),
    };
  }
}
