"use client";

import { Button, NumberInput, Select, Slider, Title } from "@mantine/core";
import { useLocale, useTranslations } from "next-intl";
import { useId, useState } from "react";
import { ErrorState } from "../../../components/layout/states.tsx";
import type { PolicyDraft } from "../../policy-draft/policy-draft.ts";
import { formatCount } from "../../triage/triage-format.ts";
import { type Replay, type ReplayChoice, useReplay } from "../use-replay.ts";
import { ReplayChart } from "./replay-chart.tsx";
import { ReplayTable } from "./replay-table.tsx";
import styles from "./replay.module.css";

const WEEKS = [1, 2, 4, 8] as const;
const INVENTED = "invented";
const MOST_READERS = 20;

interface ReplayPanelProps {
  siteId: string;
  /** A policy being edited; null where nothing was changed. */
  draft: PolicyDraft | null;
}

/** How long cases would wait under other orders of reading. */
export function ReplayPanel({ siteId, draft }: ReplayPanelProps) {
  const t = useTranslations("replay");
  const id = useId();
  const { choice, change, replay, ...state } = useReplay(siteId, draft);
  return (
    <section className={styles.panel} aria-labelledby={id}>
      <Title order={2} id={id}>
        {t("title")}
      </Title>
      <p className={styles.hint}>{t("text")}</p>
      <div className={styles.controls}>
        <Choices choice={choice} onChange={change} />
        {state.isStarted ? null : (
          <Button variant="default" onClick={state.start}>
            {t("start")}
          </Button>
        )}
      </div>
      {state.error ? (
        <ErrorState title={t("failed")} error={state.error} inline />
      ) : null}
      {state.isLoading && replay === null ? (
        <p role="status">{t("running")}</p>
      ) : null}
      {replay ? (
        <div aria-busy={state.isLoading} className={styles.results}>
          <Summary replay={replay} />
          {replay.cases > 0 ? (
            <>
              <ReplayChart replay={replay} />
              <ReplayTable replay={replay} />
            </>
          ) : null}
        </div>
      ) : null}
    </section>
  );
}

interface ChoicesProps {
  choice: ReplayChoice;
  onChange: (changed: Partial<ReplayChoice>) => void;
}

function Choices({ choice, onChange }: ChoicesProps) {
  const t = useTranslations("replay");
  // While the thumb moves nothing is played.
  const [readers, setReaders] = useState(choice.readers);
  const number = (
    name: "minutesPerCase" | "casesPerDay" | "seed",
    [min, max]: readonly [number, number],
  ) => (
    <NumberInput
      key={name}
      label={t(`choices.${name}`)}
      value={choice[name]}
      min={min}
      max={max}
      clampBehavior="blur"
      allowDecimal={name === "minutesPerCase"}
      onChange={(value) => {
        if (typeof value === "number" && value >= min && value <= max)
          onChange({ [name]: value });
      }}
    />
  );
  return (
    <>
      <Select
        label={t("choices.source")}
        allowDeselect={false}
        data={[
          { value: INVENTED, label: t("invented") },
          ...WEEKS.map((weeks) => ({
            value: String(weeks),
            label: t("ownWeeks", { weeks }),
          })),
        ]}
        value={choice.weeks === null ? INVENTED : String(choice.weeks)}
        onChange={(value) =>
          onChange({
            weeks: value === null || value === INVENTED ? null : Number(value),
          })
        }
      />
      <div className={styles.slider}>
        <span aria-hidden>{t("choices.readers", { count: readers })}</span>
        <Slider
          min={1}
          max={MOST_READERS}
          value={readers}
          label={null}
          thumbLabel={t("choices.readersLabel")}
          onChange={setReaders}
          onChangeEnd={(value) => onChange({ readers: value })}
        />
      </div>
      {number("minutesPerCase", [0.5, 60])}
      {choice.weeks === null ? number("casesPerDay", [1, 2_000]) : null}
      {number("seed", [0, 4_294_967_295])}
    </>
  );
}

function Summary({ replay }: { replay: Replay }) {
  const t = useTranslations("replay");
  const locale = useLocale();
  const percent = new Intl.NumberFormat(locale, {
    style: "percent",
    maximumFractionDigits: 0,
  });
  if (replay.cases === 0) return <p role="status">{t("noCases")}</p>;
  return (
    <p role="status" className={styles.hint}>
      {t("summary", {
        cases: formatCount(replay.cases, locale),
        days: replay.days,
        load: percent.format(replay.load),
      })}{" "}
      {replay.load > 1 ? t("overloaded") : null}{" "}
      {replay.isCapped ? t("capped") : null}
    </p>
  );
}
