"use client";

import { Title } from "@mantine/core";
import { useFormatter, useTranslations } from "next-intl";
import { FactTable } from "../../../components/ui/fact-table.tsx";
import table from "../../../components/ui/plain-table.module.css";
import { useModelWords } from "../../model-versions/use-model-words.ts";
import type { Model } from "../../model-versions/use-models.ts";
import styles from "../../model-versions/components/models.module.css";
import { ReliabilityChart } from "./reliability-chart.tsx";

type Group = Model["recalibration"][number];

const SETS = ["site", "evergreen"] as const;

/** What was given and found before a recalibration and after, group by group. */
export function RecalibrationPanel(props: { groups: readonly Group[] }) {
  const t = useTranslations("models.recalibration");
  const { groups } = props;
  if (groups.length === 0) return null;
  return (
    <section className={styles.panel} aria-label={t("title")}>
      <Title order={2}>{t("title")}</Title>
      <p className={styles.hint}>{t("text")}</p>
      {groups.map((group) => (
        <GroupFigures key={group.group} group={group} />
      ))}
    </section>
  );
}

function GroupFigures({ group }: { group: Group }) {
  const t = useTranslations("models.recalibration");
  const words = useModelWords();
  const format = useFormatter();
  const two = (value: number) =>
    format.number(value, {
      minimumFractionDigits: 2,
      maximumFractionDigits: 2,
    });
  const interval = (of: Group["slope"]) =>
    `${two(of.value)} (${two(of.low)}–${two(of.high)})`;
  const name = words.group(group.group);
  return (
    <>
      <Title order={3} fz="md" mt="sm">
        {t("group", { group: name, films: group.films })}
      </Title>
      <p>
        {t("fit", {
          slope: interval(group.slope),
          intercept: interval(group.intercept),
        })}
      </p>
      <div className={styles.sets}>
        {SETS.map((films) => {
          const bins = group.bins.filter(({ set }) => set === films);
          if (bins.length === 0) return null;
          const before = bins.filter(({ isAfter }) => !isAfter);
          const after = bins.filter(({ isAfter }) => isAfter);
          const set = t(films);
          const title = t("chart", { group: name, set });
          return (
            <div key={films}>
              <Title order={4} fz="sm">
                {set}
              </Title>
              <ErrorLine
                errors={group.errors.filter((one) => one.set === films)}
              />
              <ReliabilityChart title={title} before={before} after={after} />
              <details>
                <summary>{t("figures")}</summary>
                <FactTable
                  title={title}
                  scrollClass={styles.scroll}
                  tableClass={table.table}
                  head={[t("when"), t("films"), t("given"), t("found")]}
                  rows={[...before, ...after].map((bin) => ({
                    key: `${String(bin.isAfter)} ${String(bin.given)}`,
                    cells: [
                      t(bin.isAfter ? "after" : "before"),
                      format.number(bin.films),
                      two(bin.given),
                      interval(bin.found),
                    ],
                  }))}
                />
              </details>
            </div>
          );
        })}
      </div>
    </>
  );
}

/** The calibration error before and after, and what of it is chance. */
function ErrorLine({ errors }: { errors: Group["errors"] }) {
  const t = useTranslations("models.recalibration");
  const format = useFormatter();
  const before = errors.find(({ isAfter }) => !isAfter);
  const after = errors.find(({ isAfter }) => isAfter);
  if (before === undefined || after === undefined) return null;
  const three = (value: number) =>
    format.number(value, {
      minimumFractionDigits: 3,
      maximumFractionDigits: 3,
    });
  const interval = ({ value, low, high }: Group["slope"]) =>
    `${three(value)} (${three(low)}–${three(high)})`;
  return (
    <p>
      {t.rich("error", {
        before: interval(before.error),
        after: interval(after.error),
        chance: three(after.byChance),
        strong: (chunks) => <strong>{chunks}</strong>,
      })}
    </p>
  );
}
