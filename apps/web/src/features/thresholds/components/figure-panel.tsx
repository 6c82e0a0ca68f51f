"use client";

import { Button, Group, Slider, Title } from "@mantine/core";
import { useTranslations } from "next-intl";
import { FactTable } from "../../../components/ui/fact-table.tsx";
import { useDeskWords } from "../use-desk-words.ts";
import type { DeskPoint, ReadyDesk } from "../use-threshold-desk.ts";
import styles from "./thresholds.module.css";

interface FigurePanelProps {
  state: ReadyDesk;
  today: DeskPoint;
  chosen: DeskPoint;
}

/** The slider, and what its threshold would do beside what today's does. */
export function FigurePanel({ state, today, chosen }: FigurePanelProps) {
  const t = useTranslations("thresholds");
  const words = useDeskWords();
  return (
    <section className={styles.panel} aria-label={t("figures.title")}>
      <Title order={2}>
        {t("figures.head", { threshold: words.threshold(chosen.threshold) })}
      </Title>
      <ThresholdSlider state={state} value={chosen.threshold} />
      <FigureTable today={today} chosen={chosen} days={state.desk.days} />
    </section>
  );
}

/** Mouse and keyboard: arrows go by a hundredth, Home and End to the ends. */
function ThresholdSlider({
  state,
  value,
}: {
  state: ReadyDesk;
  value: number;
}) {
  const t = useTranslations("thresholds.slider");
  const words = useDeskWords();
  const { desk, tried, setTried } = state;
  const { today, own, suggested } = desk;
  const marks = [
    { value: today, label: t("today") },
    ...(suggested !== null
      ? [{ value: suggested, label: t("suggested") }]
      : []),
  ].flatMap((mark) =>
    typeof mark.value === "number" ? [{ ...mark, value: mark.value }] : [],
  );
  return (
    <>
      <Slider
        className={styles.slider}
        min={0.01}
        max={0.99}
        step={0.01}
        value={value}
        onChange={setTried}
        // The heading above says it; a label would stand on it.
        label={null}
        classNames={{ mark: styles.mark ?? "" }}
        marks={apart(marks)}
        thumbLabel={t("label")}
        thumbProps={{ "aria-valuetext": words.threshold(value) }}
      />
      <Group gap="xs">
        <Button
          size="compact-sm"
          variant="default"
          disabled={tried === null || tried === today}
          onClick={() => setTried(null)}
        >
          {t("backToToday")}
        </Button>
        {typeof own === "number" && own !== today ? (
          <Button
            size="compact-sm"
            variant="default"
            disabled={value === own}
            onClick={() => setTried(own)}
          >
            {t("own", { threshold: words.threshold(own) })}
          </Button>
        ) : null}
        {typeof suggested === "number" ? (
          <Button
            size="compact-sm"
            variant="default"
            disabled={value === suggested}
            onClick={() => setTried(suggested)}
          >
            {t("useSuggested", { threshold: words.threshold(suggested) })}
          </Button>
        ) : null}
      </Group>
    </>
  );
}

interface Mark {
  value: number;
  label: string;
}

/** Below this the words of two marks would stand on each other. */
const APART = 0.15;

/** Marks whose words would cover another's stand without words. */
function apart(marks: readonly Mark[]): { value: number; label?: string }[] {
  return marks.map(({ value, label }, at) => {
    const isCovered = marks
      .slice(0, at)
      .some((other) => Math.abs(other.value - value) < APART);
    return isCovered ? { value } : { value, label };
  });
}

function FigureTable(props: {
  today: DeskPoint;
  chosen: DeskPoint;
  days: number;
}) {
  const t = useTranslations("thresholds.figures");
  const words = useDeskWords();
  const columns = [props.today, props.chosen];
  const row = (
    key: string,
    name: string,
    write: (point: DeskPoint) => string,
  ) => ({ key, cells: [name, ...columns.map(write)] });
  return (
    <FactTable
      title={t("title")}
      head={[
        t("what"),
        t("today", { threshold: words.threshold(props.today.threshold) }),
        t("chosen", { threshold: words.threshold(props.chosen.threshold) }),
      ]}
      rows={[
        row("sensitivity", t("sensitivity"), (p) => words.share(p.sensitivity)),
        row("specificity", t("specificity"), (p) => words.share(p.specificity)),
        row("ppv", t("ppv"), (p) => words.share(p.ppv)),
        row("npv", t("npv"), (p) => words.share(p.npv)),
        row("missed", t("missed"), (p) => words.count(p.falseNegatives)),
        row("alarms", t("alarms"), (p) => words.count(p.falsePositives)),
        row("day", t("day", { days: props.days }), (p) =>
          words.number(p.positivesADay),
        ),
        row("harm", t("harm"), (p) => words.number(p.harm)),
      ]}
      scrollClass={styles.scroll}
      tableClass={styles.table}
    />
  );
}
