import type { Database } from "@lung-iris/prisma";
import { Gauge, type Registry } from "prom-client";
import { countOpenAlarms } from "./features/alarms/alarm.store.ts";
import { newestGoldenState } from "./features/golden-films/golden.store.ts";
import { siteWeeks, watchLevels } from "./features/monitoring/gauges.store.ts";
import type { Logger } from "./logger.ts";
import { PartGauges } from "./part-gauges.ts";

const ALARM_KINDS = [
  "DRIFT",
  "AI_SILENT",
  "SOURCE_SILENT",
  "GOLDEN_FILM",
  "PROMOTION",
];

/**
 * What /metrics says of the watch over the AI: the database's own state, the
 * same from every process. Labels are sites, kinds, figures, and the busiest
 * sources; machines would grow without end and stand on the page.
 */
export function addWatchGauges(deps: {
  registry: Registry;
  database: Database;
  logger: Logger;
}): void {
  const { registry, database, logger } = deps;
  let reading: Promise<void> | null = null;
  const collect = (): Promise<void> =>
    (reading ??= read().finally(() => (reading = null)));
  const common = { registers: [registry], collect };
  const alarms = new Gauge({
    ...common,
    name: "lung_iris_alarms_open",
    help: "Alarms about the AI that are not over, by kind, and whether somebody acknowledged them.",
    labelNames: ["kind", "acknowledged"],
  });
  const levels = new Gauge({
    ...common,
    name: "lung_iris_drift_level",
    help: "How far the test of a watched figure has come at a site: 1 raises an alarm.",
    labelNames: ["site", "figure"],
  });
  const signatures = new Gauge({
    ...common,
    name: "lung_iris_ai_signatures_7d",
    help: "First signatures of the last seven days that confirm or override the AI.",
    labelNames: ["site", "decision"],
  });
  const influence = new Gauge({
    ...common,
    name: "lung_iris_ai_influence_7d",
    help: "Blind opinions of the last seven days that the AI contradicted, followed it, and were right (helped) or wrong (misled) by second readers.",
    labelNames: ["site", "outcome"],
  });
  const films = new Gauge({
    ...common,
    name: "lung_iris_ai_films_7d",
    help: "Films of the last seven days that the live model assessed or the gate refused.",
    labelNames: ["site", "outcome"],
  });
  const golden = new Gauge({
    ...common,
    name: "lung_iris_golden_films",
    help: "Newest answers of the last two days on golden films by all workers, the same as before or different.",
    labelNames: ["answer"],
  });
  const parts = new PartGauges(common);
  const read = async (): Promise<void> => {
    const { client } = database;
    for (const gauge of [alarms, levels, signatures, influence, films, golden])
      gauge.reset();
    try {
      const open = await countOpenAlarms(client);
      for (const kind of ALARM_KINDS)
        for (const isAcknowledged of [true, false])
          alarms.set(
            { kind, acknowledged: String(isAcknowledged) },
            open.find(
              (row) =>
                row.kind === kind && row.isAcknowledged === isAcknowledged,
            )?.count ?? 0,
          );
      for (const { site, metric, level } of await watchLevels(client))
        levels.set({ site, figure: metric }, level);
      const weeks = await siteWeeks(client);
      for (const week of weeks) {
        const { site } = week;
        signatures.set({ site, decision: "confirmed" }, week.confirmed);
        signatures.set({ site, decision: "overridden" }, week.overridden);
        for (const outcome of ["followed", "helped", "misled"] as const)
          influence.set({ site, outcome }, week[outcome]);
        films.set({ site, outcome: "assessed" }, week.assessed);
        films.set({ site, outcome: "refused" }, week.films - week.assessed);
      }
      await parts.read(database, weeks);
      const { same, different } = await newestGoldenState(client);
      golden.set({ answer: "same" }, same);
      golden.set({ answer: "different" }, different);
    } catch (error) {
      // lung_iris_database_up says that it is away; the rest is wanted then.
      logger.warn({ err: error }, "the watch's figures cannot be read");
    }
  };
}
