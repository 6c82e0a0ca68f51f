import type { Alarm, DatabaseClient, Tx } from "@lung-iris/prisma";
import { withTransaction } from "@lung-iris/prisma";
import { kolmogorovSmirnov, populationStability } from "@lung-iris/inference";
import type { AlarmDesk } from "../alarms/alarm-desk.ts";
import {
  countsOf,
  newWatch,
  seeNext,
  type Seen,
  type WatchState,
} from "./watch.rules.ts";
import {
  findWatches,
  forgetWatches,
  lockPosition,
  movePosition,
  nextFilms,
  nextSignatures,
  saveWatch,
  type FilmRow,
  type Position,
  type SignatureRow,
  type Stream,
  type WatchKey,
  type WatchRow,
} from "./watch.store.ts";
import { isOfModel, type WatchedMetric } from "./watched-metrics.ts";

/** Rows followed in one transaction, and how many of these in one run. */
const BATCH = 2_000;
const BATCHES = 50;

type SeenAtSite = Seen & { siteId: string };

/** Follows films and signatures and raises the alarms of drift. */
export class WatchService {
  readonly #client: DatabaseClient;
  readonly #alarms: AlarmDesk;

  constructor(deps: { client: DatabaseClient; alarms: AlarmDesk }) {
    this.#client = deps.client;
    this.#alarms = deps.alarms;
  }

  /** Goes on from where the last run ended; how many alarms were raised. */
  async run(): Promise<number> {
    await this.#follow("predictions", nextFilms, ofFilm);
    await this.#follow("signatures", nextSignatures, ofSignature);
    return this.#raise();
  }

  async #follow<Row extends Position>(
    stream: Stream,
    read: (tx: Tx, from: Position, limit: number) => Promise<Row[]>,
    seenOf: (row: Row) => SeenAtSite[],
  ): Promise<void> {
    for (let batch = 0; batch < BATCHES; batch += 1) {
      const rows = await withTransaction(this.#client, async (tx) => {
        const from = await lockPosition(tx, stream);
        const found = await read(tx, from, BATCH);
        const last = found.at(-1);
        if (last === undefined) return 0;
        await fold(tx, found.flatMap(seenOf));
        await movePosition(tx, stream, { at: last.at, id: last.id });
        return found.length;
      });
      if (rows < BATCH) return;
    }
  }

  /** From what is stored, so that a run that died here is made good. */
  async #raise(): Promise<number> {
    const due = await findWatches(this.#client, { level: { gte: 1 } });
    let raised = 0;
    for (const watch of due) {
      const { siteId, metric, seenAt } = watch;
      const about = { siteId, kind: "DRIFT" as const, subject: metric };
      if (await this.#alarms.raise(about, seenAt, figuresOf(watch)))
        raised += 1;
    }
    return raised;
  }
}

/**
 * An acknowledged alarm of drift is over: the watch begins anew with what
 * comes from now on.
 */
export async function beginAnew(tx: Tx, alarm: Alarm): Promise<boolean> {
  if (alarm.kind !== "DRIFT") return false;
  await forgetWatches(tx, alarm.siteId, alarm.subject);
  return true;
}

async function fold(tx: Tx, seen: readonly SeenAtSite[]): Promise<void> {
  const siteIds = [...new Set(seen.map(({ siteId }) => siteId))];
  const rows = await findWatches(tx, { siteId: { in: siteIds } });
  const watches = new Map<string, WatchKey & WatchState>(
    rows.map((row) => [keyOf(row), row]),
  );
  for (const one of seen) {
    const key = keyOf(one);
    const { siteId, metric, scope } = one;
    const before = watches.get(key) ?? {
      siteId,
      metric,
      scope,
      ...newWatch(metric, one.at),
    };
    watches.set(key, { siteId, metric, scope, ...seeNext(before, one) });
  }
  const changed = new Set(seen.map(keyOf));
  for (const [key, watch] of watches)
    if (changed.has(key)) await saveWatch(tx, watch);
}

const keyOf = ({ siteId, metric, scope }: WatchKey): string =>
  `${siteId}/${metric}/${scope}`;

function ofFilm(row: FilmRow): SeenAtSite[] {
  if (!row.isFirst) return [];
  const sex = { FEMALE: 0, MALE: 1, OTHER: null, UNKNOWN: null }[row.sex];
  const values: [WatchedMetric, number | null][] = [
    ["grey-mean", row.greyMean],
    ["grey-span", row.greySpan],
    ["gate-distance", row.gateDistance],
    ["probability", row.probability],
    ["refused", row.isRefused ? 1 : 0],
    ["age", row.age],
    ["sex", sex],
  ];
  const { siteId, id, at } = row;
  return values.flatMap(([metric, value]) => {
    if (value === null) return [];
    const scope = isOfModel(metric) ? row.modelVersionId : "";
    return [{ siteId, metric, scope, value, id, at }];
  });
}

function ofSignature({ siteId, id, at, isOverride }: SignatureRow) {
  const value = isOverride ? 1 : 0;
  return [{ siteId, metric: "overridden" as const, scope: "", value, id, at }];
}

/** What an alarm of drift says of the films before and of the newest. */
export function figuresOf(watch: WatchRow) {
  const { baseline, metric } = watch;
  const recent = countsOf(metric, watch.recent);
  const films = recent.reduce((sum, count) => sum + count, 0);
  const gap = kolmogorovSmirnov(baseline, recent);
  return {
    films,
    stability: rounded(populationStability(baseline, recent)),
    gap: rounded(gap?.gap ?? null),
  };
}

function rounded(value: number | null): number | null {
  return value === null ? null : Math.round(value * 1_000) / 1_000;
}
