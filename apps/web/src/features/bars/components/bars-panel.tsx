"use client";

import { useQuery } from "@apollo/client/react";
import { Button, Skeleton, Title } from "@mantine/core";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { ErrorState } from "../../../components/layout/states.tsx";
import { useViewer } from "../../../components/shell/viewer-context.tsx";
import { FactTable } from "../../../components/ui/fact-table.tsx";
import table from "../../../components/ui/plain-table.module.css";
import type { BarsQuery } from "../../../gql/graphql.ts";
import { formatDateTime } from "../../../lib/dates.ts";
import { useOutcomeWords } from "../../judgements/outcome-words.ts";
import { BARS } from "../../judgements/promotion-queries.ts";
import { BarsDialog } from "./bars-dialog.tsx";
import styles from "../../judgements/components/promotions.module.css";

export type Bars = BarsQuery["bars"];

/** What a candidate has to reach at the site, and since when that is said. */
export function BarsPanel({ siteId }: { siteId: string }) {
  const t = useTranslations("models.bars");
  const { data, error, refetch } = useQuery(BARS, { variables: { siteId } });
  return (
    <section className={styles.panel} aria-label={t("title")}>
      <Title order={2}>{t("title")}</Title>
      <p className={styles.hint}>{t("text")}</p>
      {data ? (
        <BarsInForce bars={data.bars} />
      ) : error ? (
        <ErrorState
          inline
          title={t("loadFailed")}
          error={error}
          onRetry={() => void refetch().catch(() => undefined)}
        />
      ) : (
        <Skeleton height={120} />
      )}
    </section>
  );
}

function BarsInForce({ bars }: { bars: Bars }) {
  const t = useTranslations("models.bars");
  const loop = useTranslations("models.loop");
  const locale = useLocale();
  const viewer = useViewer();
  const words = useOutcomeWords();
  const [isEditing, setEditing] = useState(false);
  const { document } = bars;
  return (
    <>
      <div className={styles.head}>
        <strong>{t("version", { version: bars.version })}</strong>
        <span>
          {bars.byName === "shipped-bars"
            ? t("asShipped", { at: formatDateTime(bars.createdAt, locale) })
            : t("declared", {
                by: bars.byName,
                at: formatDateTime(bars.createdAt, locale),
                reason: bars.reason,
              })}
        </span>
        {viewer.can("bars:edit") ? (
          <Button
            variant="default"
            size="xs"
            onClick={() => {
              setEditing(true);
            }}
          >
            {t("edit.open")}
          </Button>
        ) : null}
      </div>
      <p>{t("phantoms", { films: document.phantoms.films })}</p>
      <details>
        <summary>{t("show", { count: document.bars.length })}</summary>
        <FactTable
          title={t("title")}
          scrollClass={styles.wide}
          tableClass={table.table}
          head={[
            loop("column.measure"),
            loop("column.set"),
            loop("column.limit"),
            t("leastFilms"),
            t("leastOfAKind"),
            t("mustBeMeasured"),
          ]}
          rows={document.bars.map((bar) => ({
            key: `${bar.set} ${bar.measure}`,
            cells: [
              loop(`measure.${bar.measure}`),
              loop(`set.${bar.set}`),
              words.limit(bar),
              words.number(bar.leastFilms),
              words.number(bar.leastOfAKind),
              t(bar.mustBeMeasured ? "blocks" : "isShown"),
            ],
          }))}
        />
      </details>
      {isEditing ? (
        <BarsDialog
          bars={bars}
          onClose={() => {
            setEditing(false);
          }}
        />
      ) : null}
    </>
  );
}
