"use client";

import { useQuery } from "@apollo/client/react";
import { Skeleton, Title } from "@mantine/core";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { ErrorState } from "../../../components/layout/states.tsx";
import { useViewer } from "../../../components/shell/viewer-context.tsx";
import { FactTable } from "../../../components/ui/fact-table.tsx";
import table from "../../../components/ui/plain-table.module.css";
import type { ShadowQuery } from "../../../gql/graphql.ts";
import { formatDateTime } from "../../../lib/dates.ts";
import { UrgencyMark } from "../../triage/components/urgency-mark.tsx";
import { SHADOW } from "../../judgements/promotion-queries.ts";
import { DiscordantCases } from "./discordant-cases.tsx";
import styles from "../../judgements/components/promotions.module.css";

interface ShadowPanelProps {
  siteId: string;
  model: { id: string; name: string };
}

/** What a shadow would change a day, and the cases where the two differ. */
export function ShadowPanel({ siteId, model }: ShadowPanelProps) {
  const t = useTranslations("models.shadow");
  const viewer = useViewer();
  return (
    <section className={styles.panel} aria-label={t("title")}>
      <Title order={2}>{t("title")}</Title>
      <p className={styles.hint}>{t("text", { name: model.name })}</p>
      {/* Its counts tell of cases that are still to be read. */}
      {viewer.can("model:manage") ? (
        <Comparison siteId={siteId} modelVersionId={model.id} />
      ) : null}
      {viewer.can("case:read") ? (
        <DiscordantCases siteId={siteId} modelVersionId={model.id} />
      ) : null}
    </section>
  );
}

function Comparison(variables: { siteId: string; modelVersionId: string }) {
  const t = useTranslations("models.shadow");
  const { data, error, refetch } = useQuery(SHADOW, {
    variables,
    fetchPolicy: "cache-and-network",
  });
  if (data?.shadowComparison)
    return <ComparisonText comparison={data.shadowComparison} />;
  if (data) return null;
  return error ? (
    <ErrorState
      inline
      title={t("loadFailed")}
      error={error}
      onRetry={() => void refetch().catch(() => undefined)}
    />
  ) : (
    <Skeleton height={60} />
  );
}

type Compared = NonNullable<ShadowQuery["shadowComparison"]>;

function ComparisonText({ comparison }: { comparison: Compared }) {
  const t = useTranslations("models.shadow");
  const format = useFormatter();
  const locale = useLocale();
  const { since, until, films, more, fewer, filmsADay, placements } =
    comparison;
  const percent = (value: number) =>
    format.number(value, { style: "percent", maximumFractionDigits: 1 });
  const share = (of: NonNullable<Compared["more"]>) =>
    `${percent(of.value)} (${percent(of.low)}–${percent(of.high)})`;
  const aDay = (of: NonNullable<Compared["more"]>) => {
    const count = (value: number) =>
      format.number(value * (filmsADay ?? 0), { maximumFractionDigits: 1 });
    return `${count(of.value)} (${count(of.low)}–${count(of.high)})`;
  };
  return (
    <>
      <p>
        {t(until ? "ran" : "runs", {
          since: formatDateTime(since, locale),
          until: until ? formatDateTime(until, locale) : "",
          films,
        })}
      </p>
      <RunText comparison={comparison} />
      {more && fewer ? (
        <>
          <p>
            {t("change", { films, more: share(more), fewer: share(fewer) })}{" "}
            {filmsADay == null
              ? t("noDay")
              : t("aDay", {
                  films: format.number(filmsADay, { maximumFractionDigits: 0 }),
                  more: aDay(more),
                  fewer: aDay(fewer),
                })}
          </p>
          <FactTable
            title={t("placements")}
            scrollClass={styles.wide}
            tableClass={`${table.table ?? ""} ${styles.narrow ?? ""}`}
            head={[t("urgency"), t("byLive"), t("byShadow")]}
            rows={placements.map(({ urgency, live, shadow }) => ({
              key: urgency,
              cells: [
                <UrgencyMark key="mark" urgency={urgency} />,
                t("ofFilms", { count: live, films }),
                t("ofFilms", { count: shadow, films }),
              ],
            }))}
          />
          <p className={styles.hint}>{t("placementsHint")}</p>
        </>
      ) : (
        <p>{t("none")}</p>
      )}
    </>
  );
}

/** How far it has come of what was set beforehand, and what load kept from it. */
function RunText(props: {
  comparison: Pick<
    Compared,
    "until" | "filmLimit" | "endsAt" | "answered" | "passedOver"
  >;
}) {
  const t = useTranslations("models.shadow");
  const locale = useLocale();
  const { until, filmLimit, endsAt, answered, passedOver } = props.comparison;
  return (
    <>
      {filmLimit == null ? null : (
        <p>{t("ofLimit", { films: answered, limit: filmLimit })}</p>
      )}
      {endsAt == null || until ? null : (
        <p>{t("endsOn", { at: formatDateTime(endsAt, locale) })}</p>
      )}
      {passedOver > 0 ? <p>{t("passedOver", { films: passedOver })}</p> : null}
    </>
  );
}
