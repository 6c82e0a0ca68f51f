import { GATE_REASONS } from "@lung-iris/inference";
import type { Database } from "@lung-iris/prisma";
import { Gauge, type Registry } from "prom-client";
import {
  siteParts,
  sourceWeeks,
  type SiteWeek,
} from "./features/monitoring/gauges.store.ts";
import { OVERRIDE_REASONS } from "./features/readings/reading.rules.ts";

/** What a reader can give, and the gate can say; all else counts as "other". */
const REASONS = {
  OVERRIDE: OVERRIDE_REASONS,
  REFUSAL: GATE_REASONS,
} as const;

/**
 * The week of each site in parts: reasons, sources, ages, sexes, and means of
 * what the films are like. Bounded: reasons by a list, sources by twenty a site.
 */
export class PartGauges {
  readonly #reasons: Record<"OVERRIDE" | "REFUSAL", Gauge<"site" | "reason">>;
  readonly #mix: Record<"AGE" | "SEX", Gauge<"site" | "group">>;
  readonly #refusedBySource: Gauge<"site" | "source">;
  readonly #silence: Gauge<"site" | "source">;
  readonly #means: Gauge<"site" | "figure">;

  constructor(common: { registers: Registry[]; collect: () => Promise<void> }) {
    const labelled = <Label extends string>(
      name: string,
      help: string,
      label: Label,
    ) =>
      new Gauge<"site" | Label>({
        ...common,
        name,
        help,
        labelNames: ["site", label],
      });
    this.#reasons = {
      OVERRIDE: labelled(
        "lung_iris_override_reasons_7d",
        "First signatures of the last seven days that override the AI, by reason.",
        "reason",
      ),
      REFUSAL: labelled(
        "lung_iris_gate_refusals_7d",
        "Films of the last seven days that the gate refused, by reason.",
        "reason",
      ),
    };
    this.#mix = {
      AGE: labelled(
        "lung_iris_films_by_age_7d",
        "Films of the last seven days by age group in years.",
        "group",
      ),
      SEX: labelled(
        "lung_iris_films_by_sex_7d",
        "Films of the last seven days by sex.",
        "group",
      ),
    };
    this.#refusedBySource = labelled(
      "lung_iris_gate_refusals_by_source_7d",
      "Films of the last seven days that the gate refused, by source: the twenty busiest of four weeks at each site.",
      "source",
    );
    this.#silence = labelled(
      "lung_iris_source_silent_days",
      "Whole days since the last film of a source, of the same twenty.",
      "source",
    );
    this.#means = labelled(
      "lung_iris_film_figure_mean_7d",
      "Means over the films of the last seven days: probability of pneumonia, grey and its span (0 to 1), distance from the training films.",
      "figure",
    );
  }

  /** Reads them anew, beside the week's sums that are known already. */
  async read({ client }: Database, weeks: readonly SiteWeek[]): Promise<void> {
    const [parts, sources] = await Promise.all([
      siteParts(client),
      sourceWeeks(client),
    ]);
    for (const gauge of this.#all()) gauge.reset();
    for (const { site, kind, name, count } of parts) {
      if (kind === "AGE" || kind === "SEX")
        this.#mix[kind].set({ site, group: name.toLowerCase() }, count);
      else {
        const known: readonly string[] = REASONS[kind];
        const reason = known.includes(name) ? name : "other";
        this.#reasons[kind].inc({ site, reason: reason.toLowerCase() }, count);
      }
    }
    for (const { site, source: name, refused, silentDays } of sources) {
      const source = name === "" ? "unknown" : name;
      this.#refusedBySource.set({ site, source }, refused);
      this.#silence.set({ site, source }, silentDays);
    }
    for (const week of weeks)
      for (const [figure, value] of [
        ["probability", week.probability],
        ["grey-mean", week.greyMean],
        ["grey-span", week.greySpan],
        ["gate-distance", week.gateDistance],
      ] as const)
        if (value !== null) this.#means.set({ site: week.site, figure }, value);
  }

  #all(): readonly Gauge[] {
    return [
      ...Object.values(this.#reasons),
      ...Object.values(this.#mix),
      this.#refusedBySource,
      this.#silence,
      this.#means,
    ];
  }
}
