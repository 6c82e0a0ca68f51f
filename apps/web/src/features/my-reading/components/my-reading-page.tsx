"use client";

import { useQuery } from "@apollo/client/react";
import { BarChart } from "@mantine/charts";
import { SegmentedControl, Title } from "@mantine/core";
import { IconStethoscope } from "@tabler/icons-react";
import { useLocale, useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import {
  PageBody,
  PageHeader,
} from "../../../components/layout/page-header.tsx";
import {
  EmptyState,
  ErrorState,
  ListSkeleton,
} from "../../../components/layout/states.tsx";
import type {
  AgreementFiguresFragment,
  MyReadingQuery,
} from "../../../gql/graphql.ts";
import { formatDate } from "../../../lib/dates.ts";
import { useMinutesText } from "../../../lib/use-minutes-text.ts";
import { MY_READING } from "../my-reading-queries.ts";
import styles from "./my-reading.module.css";
import { OutcomeTable } from "./outcome-table.tsx";

type Summary = MyReadingQuery["myReading"];

const SPANS = [4, 12, 52] as const;

/** A reader's own figures; nobody else can open them. */
export function MyReadingPage() {
  const t = useTranslations("myReading");
  const [weeks, setWeeks] = useState(12);
  const { data, previousData, error, refetch } = useQuery(MY_READING, {
    variables: { weeks },
    fetchPolicy: "network-only",
  });
  const summary = (data ?? previousData)?.myReading;
  return (
    <PageBody>
      <PageHeader
        title={t("title")}
        description={t("description")}
        actions={
          <SegmentedControl
            size="xs"
            aria-label={t("span")}
            data={SPANS.map((span) => ({
              value: String(span),
              label: t("weeks", { count: span }),
            }))}
            value={String(weeks)}
            onChange={(value) => setWeeks(Number(value))}
          />
        }
      />
      {summary ? (
        <Figures summary={summary} />
      ) : error ? (
        <ErrorState
          title={t("failed")}
          error={error}
          onRetry={() => void refetch().catch(() => undefined)}
        />
      ) : (
        <ListSkeleton rows={6} height={56} />
      )}
    </PageBody>
  );
}

function Figures({ summary }: { summary: Summary }) {
  const t = useTranslations("myReading");
  const minutes = useMinutesText();
  if (summary.cases === 0) {
    return (
      <EmptyState icon={<IconStethoscope size={28} />} title={t("empty.title")}>
        {t("empty.text")}
      </EmptyState>
    );
  }
  return (
    <div className={styles.panels}>
      <Panel title={t("work.title")}>
        <dl className={styles.facts}>
          <Fact label={t("work.cases")}>{summary.cases}</Fact>
          <Fact label={t("work.median")}>
            {summary.medianMinutes === null
              ? "–"
              : minutes(summary.medianMinutes)}
          </Fact>
          <Fact label={t("work.p90")}>
            {summary.p90Minutes === null ? "–" : minutes(summary.p90Minutes)}
          </Fact>
          <Fact label={t("work.amended")}>{summary.amended}</Fact>
        </dl>
        <Weeks weeks={summary.weeks} />
      </Panel>
      <Panel title={t("agreement.title")} text={t("agreement.text")}>
        <AgreementTable summary={summary} />
      </Panel>
      <Panel title={t("influence.title")} text={t("influence.text")}>
        <dl className={styles.facts}>
          <Fact label={t("influence.contradicted")}>
            {summary.contradicted}
          </Fact>
          <Fact label={t("influence.keptOwn")}>{summary.keptOwn}</Fact>
          <Fact label={t("influence.followedAi")}>{summary.followedAi}</Fact>
          <Fact label={t("influence.takenBack")}>
            {summary.followedAiTakenBack}
          </Fact>
          <Fact label={t("influence.partly")}>{summary.partly}</Fact>
          <Fact label={t("influence.overrides")}>{summary.overrides}</Fact>
          <Fact label={t("influence.givenUp")}>{summary.overridesGivenUp}</Fact>
        </dl>
        <Settled summary={summary} />
      </Panel>
      <Panel title={t("outcomes.title")} text={t("outcomes.text")} isWide>
        <OutcomeTable rows={summary.outcomes} />
      </Panel>
    </div>
  );
}

/** What a second or third reader made of it; nothing before one did. */
function Settled({ summary }: { summary: Summary }) {
  const t = useTranslations("myReading.influence");
  const { overridesSettled, followedAiSettled, followedAiHelped } = summary;
  if (overridesSettled + followedAiSettled === 0) {
    return <p className={styles.hint}>{t("noneSettled")}</p>;
  }
  const of = (count: number, total: number) => t("of", { count, total });
  return (
    <>
      <p className={styles.hint}>{t("settledText")}</p>
      <dl className={styles.facts}>
        <Fact label={t("upheld")}>
          {of(summary.overridesUpheld, overridesSettled)}
        </Fact>
        <Fact label={t("helped")}>
          {of(followedAiHelped, followedAiSettled)}
        </Fact>
        <Fact label={t("misled")}>
          {of(followedAiSettled - followedAiHelped, followedAiSettled)}
        </Fact>
      </dl>
    </>
  );
}

interface PanelProps {
  title: string;
  text?: string;
  /** Has a table of many columns: takes the whole row. */
  isWide?: boolean;
  children: ReactNode;
}

function Panel({ title, text, isWide = false, children }: PanelProps) {
  return (
    <section className={isWide ? styles.wide : styles.panel}>
      <Title order={2}>{title}</Title>
      {text ? <p className={styles.hint}>{text}</p> : null}
      {children}
    </section>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Weeks({ weeks }: { weeks: Summary["weeks"] }) {
  const t = useTranslations("myReading.work");
  const locale = useLocale();
  return (
    <div role="img" aria-label={t("byWeek")}>
      <BarChart
        h={160}
        data={weeks.map(({ from, cases }) => ({
          week: formatDate(from, locale),
          cases,
        }))}
        dataKey="week"
        series={[
          {
            name: "cases",
            label: t("cases"),
            color: "var(--mantine-primary-color-filled)",
          },
        ]}
        maxBarWidth={28}
        yAxisProps={{ allowDecimals: false, width: 36 }}
        barProps={{ isAnimationActive: false }}
      />
    </div>
  );
}

function AgreementTable({ summary }: { summary: Summary }) {
  const t = useTranslations("myReading.agreement");
  return (
    <table className={styles.table} aria-label={t("title")}>
      <thead>
        <tr>
          <th scope="col">{t("answer")}</th>
          <th scope="col">{t("cases")}</th>
          <th scope="col">{t("share")}</th>
          <th scope="col">{t("kappa")}</th>
        </tr>
      </thead>
      <tbody>
        <AgreementRow name={t("blind")} figures={summary.blindAgainstAi} />
        <AgreementRow name={t("final")} figures={summary.finalAgainstAi} />
        <AgreementRow name={t("others")} figures={summary.againstOthers} />
      </tbody>
    </table>
  );
}

function AgreementRow({
  name,
  figures,
}: {
  name: string;
  figures: AgreementFiguresFragment;
}) {
  const locale = useLocale();
  const percent = new Intl.NumberFormat(locale, {
    style: "percent",
    maximumFractionDigits: 0,
  });
  const plain = new Intl.NumberFormat(locale, {
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
  });
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{figures.cases}</td>
      <td>{figureText(figures.share, percent)}</td>
      <td>{figureText(figures.kappa, plain)}</td>
    </tr>
  );
}

/** "83 % (71 %–91 %)"; a figure never stands without its interval. */
function figureText(
  figure: AgreementFiguresFragment["share"],
  format: Intl.NumberFormat,
): string {
  if (!figure) return "–";
  return `${format.format(figure.value)} (${format.format(figure.low)}–${format.format(figure.high)})`;
}
