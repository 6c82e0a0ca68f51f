"use client";

import { Title } from "@mantine/core";
import { useTranslations } from "next-intl";
import { formatProbability } from "../../triage/triage-format.ts";
import { inReadingOrder } from "../manifest-order.ts";
import type { Model } from "../../model-versions/use-models.ts";
import { useModelWords } from "../../model-versions/use-model-words.ts";
import styles from "../../model-versions/components/models.module.css";

interface ThresholdsProps {
  thresholds: Model["thresholds"];
}

/** From which probability on, by finding and age group. */
export function Thresholds({ thresholds }: ThresholdsProps) {
  const t = useTranslations("models.thresholds");
  const findings = [...new Set(thresholds.map((item) => item.finding))];
  return (
    <section className={styles.panel}>
      <Title order={2}>{t("title")}</Title>
      <p className={styles.hint}>{t("text")}</p>
      {findings.map((finding) => (
        <FindingTable
          key={finding}
          finding={finding}
          isOnly={findings.length === 1}
          thresholds={thresholds.filter((item) => item.finding === finding)}
        />
      ))}
    </section>
  );
}

interface FindingTableProps extends ThresholdsProps {
  finding: string;
  isOnly: boolean;
}

function FindingTable({ finding, isOnly, thresholds }: FindingTableProps) {
  const t = useTranslations("models.thresholds");
  const words = useModelWords();
  const groups = inReadingOrder(thresholds.map((item) => item.group));
  const points = inReadingOrder(thresholds.map((item) => item.operatingPoint));
  const valueAt = (group: string, point: string) =>
    thresholds.find(
      (item) => item.group === group && item.operatingPoint === point,
    )?.threshold;
  return (
    <table className={styles.table}>
      {isOnly ? null : <caption>{words.finding(finding)}</caption>}
      <thead>
        <tr>
          <th scope="col">{t("group")}</th>
          {points.map((point) => (
            <th key={point} scope="col" className={styles.number}>
              {words.point(point)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {groups.map((group) => (
          <tr key={group}>
            <th scope="row">{words.group(group)}</th>
            {points.map((point) => {
              const value = valueAt(group, point);
              return (
                <td key={point} className={styles.number}>
                  {value === undefined ? "–" : formatProbability(value)}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
