"use client";

import { Title } from "@mantine/core";
import { useLocale, useTranslations } from "next-intl";
import { formatProbability } from "../../triage/triage-format.ts";
import { formatFigure, formatInterval } from "../metric-blocks.ts";
import type { Model } from "../../model-versions/use-models.ts";
import { useModelWords } from "../../model-versions/use-model-words.ts";
import styles from "../../model-versions/components/models.module.css";

interface ModelFindingsProps {
  findings: Model["findings"];
}

/** What the model looks for: what readers see, what runs silently, and why. */
export function ModelFindings({ findings }: ModelFindingsProps) {
  const t = useTranslations("models.findingList");
  const words = useModelWords();
  return (
    <section className={styles.panel}>
      <Title order={2}>{t("title")}</Title>
      <p className={styles.hint}>{t("text")}</p>
      <div
        className={styles.scroll}
        tabIndex={0}
        role="region"
        aria-label={t("title")}
      >
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t("finding")}</th>
              <th scope="col">{t("shown")}</th>
              <th scope="col" className={styles.number}>
                {words.metric("auroc")}
              </th>
              <th scope="col" className={styles.number}>
                {t("films")}
              </th>
            </tr>
          </thead>
          <tbody>
            {findings.map((finding) => (
              <tr key={finding.code}>
                <th scope="row">{words.finding(finding.code)}</th>
                <td>{t(finding.shown ? "isShown" : "isSilent")}</td>
                <Measured finding={finding} />
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {findings.flatMap(({ code, shown, unsure }) =>
        shown
          ? unsure.map(({ group, from, to }) => (
              <p key={`${code}-${group}`} className={styles.hint}>
                {t("unsure", {
                  finding: words.finding(code),
                  group: words.group(group),
                  from: formatProbability(from),
                  to: formatProbability(to),
                })}
              </p>
            ))
          : [],
      )}
    </section>
  );
}

function Measured({ finding }: { finding: Model["findings"][number] }) {
  const t = useTranslations("models.findingList");
  const locale = useLocale();
  const { auroc, films, positives } = finding;
  return (
    <>
      <td className={styles.number}>
        {auroc ? (
          <>
            {formatFigure(auroc.value, "auroc", locale)}{" "}
            <span className={styles.interval}>
              {formatInterval(auroc, "auroc", locale)}
            </span>
          </>
        ) : (
          t("seeFigures")
        )}
      </td>
      <td className={styles.number}>
        {films != null && positives != null
          ? t("positives", { positives, films })
          : "–"}
      </td>
    </>
  );
}
