import type { DatabaseClient } from "@lung-iris/prisma";
import {
  FILMS_BEFORE_WATCH,
  proportion,
  watchedFilms,
  type Figure,
} from "@lung-iris/inference";
import { assertCan } from "../../access/authorize.ts";
import type { Viewer } from "../../access/viewer.ts";
import { BadInputError, NotFoundError } from "../../errors.ts";
import type { Clock } from "../../platform/clock.ts";
import { isUuid } from "../../platform/ids.ts";
import { dayAfter } from "./day.rules.ts";
import { daysOf } from "./day.store.ts";
import {
  daySums,
  groupSums,
  reasonCounts,
  sourceDays,
  waitingForAi,
  type GroupDimension,
  type GroupSums,
  type ReasonCount,
  type Sums,
  type WaitingForAi,
} from "./monitoring.store.ts";
import {
  firstOf,
  MEASURES,
  seriesOf,
  total,
  type Series,
} from "./series.rules.ts";
import {
  AI_SILENT_MINUTES,
  HABIT_DAYS,
  silentSources,
  type SilentSource,
} from "./silence.rules.ts";
import { BASELINE_FILMS, RECENT_FILMS } from "./watch.rules.ts";
import { figuresOf } from "./watch.service.ts";
import { findWatches, type WatchRow } from "./watch.store.ts";

/** Counts of readings, with the shares that they make. */
export interface ReadFigures {
  films: number;
  refused: Figure | null;
  signed: number;
  agreement: Figure | null;
  /** Of films signed as pneumonia, those that the AI called positive. */
  sensitivity: Figure | null;
  /** Of the others, those that it called negative. */
  specificity: Figure | null;
}

export interface Subgroup extends ReadFigures {
  dimension: GroupDimension;
  name: string;
}

export interface WatchFigures {
  metric: string;
  since: Date;
  seenAt: Date;
  films: number;
  needed: number;
  /** 0 at rest; at 1 an alarm is raised. */
  level: number;
  stability: number | null;
  gap: number | null;
}

/** How often a reason was given, and what is normal. */
export interface ReasonRate extends ReasonCount {
  /** Of what was signed, or of the source's films; null where nothing was. */
  share: Figure | null;
  /** The same on as many days before the span. */
  shareBefore: Figure | null;
}

export interface Influence {
  contradicted: number;
  followed: number;
  helped: number;
  misled: number;
  /** Of what second readers settled, where the AI helped; null of none. */
  helpedShare: Figure | null;
}

/** Everything that the page of one site shows. */
export interface Monitoring extends ReadFigures, Influence {
  asOf: Date;
  from: string;
  to: string;
  series: Series[];
  subgroups: Subgroup[];
  reasons: ReasonRate[];
  watches: WatchFigures[];
  silentSources: SilentSource[];
  waiting: WaitingForAi & { limitMinutes: number };
}

const FEWEST_DAYS = 7;
const MOST_DAYS = 365;
/** Lines of the tables by source; the busiest come first. */
const SOURCES_SHOWN = 20;

/** What the AI does at a site from day to day, and whether it changed. */
export class MonitoringService {
  readonly #client: DatabaseClient;
  readonly #clock: Clock;

  constructor(deps: { client: DatabaseClient; clock: Clock }) {
    this.#client = deps.client;
    this.#clock = deps.clock;
  }

  /**
   * The last days of a site, today last.
   *
   * @param days 7 to 365.
   * @throws FORBIDDEN, BAD_USER_INPUT, or NOT_FOUND for a site that the
   *   viewer may not see.
   */
  async read(
    viewer: Viewer,
    siteId: string,
    days: number,
  ): Promise<Monitoring> {
    assertCan(viewer, "monitoring:read", { what: "site", siteId });
    if (days < FEWEST_DAYS || days > MOST_DAYS) {
      throw new BadInputError(
        `The number of days is ${String(FEWEST_DAYS)} to ${String(MOST_DAYS)}.`,
        ["days"],
      );
    }
    const client = this.#client;
    const site = isUuid(siteId)
      ? await client.site.findUnique({ where: { id: siteId } })
      : null;
    if (site === null) throw new NotFoundError("site");
    const asOf = this.#clock.now();
    const clock = { id: siteId, timeZone: site.timeZone ?? "UTC" };
    const { today: to } = await daysOf(client, clock, asOf);
    const from = firstOf(to, days);
    const since = firstOf(to, 2 * days);
    const [sums, groups, groupsBefore, reasons, watches, sources, waiting] =
      await Promise.all([
        daySums(client, siteId, since, to),
        groupSums(client, siteId, from, to),
        groupSums(client, siteId, since, dayAfter(from, -1)),
        reasonCounts(client, siteId, { since, from, to }),
        findWatches(client, { siteId: { in: [siteId] } }),
        sourceDays(client, siteId, dayAfter(to, -HABIT_DAYS)),
        waitingForAi(client, siteId),
      ]);
    const all = total(sums.filter(({ day }) => day >= from));
    const before = total(sums.filter(({ day }) => day < from));
    const { contradicted, followed, helped, misled } = all;
    const rateOf = reasonRates(
      { all, groups },
      { all: before, groups: groupsBefore },
    );
    const shown = new Set(
      groups
        .filter(({ dimension }) => dimension === "SOURCE")
        .slice(0, SOURCES_SHOWN)
        .map(({ name }) => name),
    );
    return {
      asOf,
      from,
      to,
      ...readFigures(all),
      contradicted,
      followed,
      helped,
      misled,
      helpedShare: proportion(helped, helped + misled),
      series: MEASURES.map((measure) => seriesOf(measure, sums, from, to)),
      subgroups: groups
        .filter(
          (group) => group.dimension !== "SOURCE" || shown.has(group.name),
        )
        .map(({ dimension, name, ...own }) => {
          return { dimension, name, ...readFigures(own) };
        }),
      reasons: reasons
        .filter(({ kind, source }) => kind === "OVERRIDE" || shown.has(source))
        .map(rateOf),
      watches: newestOfEach(watches).map(watchFigures),
      silentSources: silentSources(sources, to),
      waiting: { ...waiting, limitMinutes: AI_SILENT_MINUTES },
    };
  }
}

function readFigures(sums: Sums): ReadFigures {
  const { films, assessed, confirmed, overridden } = sums;
  const { truePositive, falsePositive, trueNegative, falseNegative } = sums;
  const signed = confirmed + overridden;
  return {
    films,
    refused: proportion(films - assessed, films),
    signed,
    agreement: proportion(confirmed, signed),
    sensitivity: proportion(truePositive, truePositive + falseNegative),
    specificity: proportion(trueNegative, trueNegative + falsePositive),
  };
}

interface Span {
  all: Sums;
  groups: readonly GroupSums[];
}

/** Makes shares of counts: of signatures, or of the films of a source. */
function reasonRates(
  now: Span,
  before: Span,
): (count: ReasonCount) => ReasonRate {
  const baseOf = ({ all, groups }: Span, { kind, source }: ReasonCount) =>
    kind === "OVERRIDE"
      ? all.confirmed + all.overridden
      : (groups.find(
          ({ dimension, name }) => dimension === "SOURCE" && name === source,
        )?.films ?? 0);
  return (reason) => ({
    ...reason,
    share: proportion(reason.count, baseOf(now, reason)),
    shareBefore: proportion(reason.before, baseOf(before, reason)),
  });
}

/** A figure of a model that is live no more is not watched any more. */
function newestOfEach(watches: readonly WatchRow[]): WatchRow[] {
  const seen = new Set<string>();
  return watches.filter(({ metric }) => {
    const isNewest = !seen.has(metric);
    seen.add(metric);
    return isNewest;
  });
}

function watchFigures(watch: WatchRow): WatchFigures {
  const { metric, since, seenAt, level } = watch;
  const films = watchedFilms(watch);
  // Before that the newest films are those that they are held against.
  const isApart = films >= BASELINE_FILMS + RECENT_FILMS || level >= 1;
  const { stability, gap } = isApart
    ? figuresOf(watch)
    : { stability: null, gap: null };
  return {
    metric,
    since,
    seenAt,
    films,
    needed: FILMS_BEFORE_WATCH,
    level: Math.min(1, level),
    stability,
    gap,
  };
}
