"use client";

import { Title } from "@mantine/core";
import { useLocale, useTranslations } from "next-intl";
import {
  type Figure,
  type MetricBlock,
  formatFigure,
  formatInterval,
  metricBlocks,
} from "../metric-blocks.ts";
import type { Model } from "../../model-versions/use-models.ts";
import { useModelWords } from "../../model-versions/use-model-words.ts";
import styles from "../../model-versions/components/models.module.css";

/** Every figure of the model with its interval. */
export function MetricTables({ metrics }: { metrics: Model["metrics"] }) {
  const t = useTranslations("models.figures");
  const blocks = metricBlocks(metrics);
  if (blocks.length === 0) return null;
  const wide = blocks.filter((block) => block.splits.length > 1);
  const small = blocks.filter((block) => block.splits.length === 1);
  return (
    <section className={styles.panel}>
      <Title order={2}>{t("title")}</Title>
      <p className={styles.hint}>{t("text")}</p>
      {wide.map((block) => (
        <WideTable key={block.names.join()} block={block} />
      ))}
      {small.length > 0 ? (
        <div className={styles.small}>
          {small.map((block) => (
            <SmallTable key={block.splits[0]?.split} block={block} />
          ))}
        </div>
      ) : null}
    </section>
  );
}

/** Sets down, measures across. */
function WideTable({ block }: { block: MetricBlock }) {
  const t = useTranslations("models.figures");
  const words = useModelWords();
  // Two tables must not share a name: regions are told apart by it.
  const sets = block.splits.map(({ split }) => words.split(split));
  return (
    <div
      className={styles.scroll}
      tabIndex={0}
      role="region"
      aria-label={`${t("title")}: ${sets.join(", ")}`}
    >
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t("set")}</th>
            {block.names.map((name) => (
              <th key={name} scope="col" className={styles.number}>
                {words.metric(name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {block.splits.map(({ split, figures }) => (
            <tr key={split}>
              <th scope="row">{words.split(split)}</th>
              {figures.map((figure, index) => (
                <FigureCell
                  key={block.names[index]}
                  name={block.names[index] ?? ""}
                  figure={figure}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** One set with measures of its own: measures down. */
function SmallTable({ block }: { block: MetricBlock }) {
  const words = useModelWords();
  const [only] = block.splits;
  if (!only) return null;
  return (
    <div>
      <Title order={3}>{words.split(only.split)}</Title>
      <table className={styles.table}>
        <tbody>
          {block.names.map((name, index) => {
            const figure = only.figures[index];
            return figure ? (
              <tr key={name}>
                <th scope="row">{words.metric(name)}</th>
                <FigureCell name={name} figure={figure} />
              </tr>
            ) : null;
          })}
        </tbody>
      </table>
    </div>
  );
}

function FigureCell({ name, figure }: { name: string; figure: Figure }) {
  const locale = useLocale();
  return (
    <td className={styles.number}>
      {formatFigure(figure.value, name, locale)}{" "}
      <span className={styles.interval}>
        {formatInterval(figure, name, locale)}
      </span>
    </td>
  );
}
