"use client";

import { NativeSelect } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { FlagEffect, ReadingMode } from "../../../gql/graphql.ts";
import { useTriageText } from "../../triage/use-triage-text.ts";
import { AssignmentSection } from "./assignment-section.tsx";
import styles from "../../policy-draft/components/policies.module.css";
import { ClassField, NumberField } from "./policy-fields.tsx";
import { Section, type SectionProps } from "./policy-section.tsx";
import { SecondReadSection } from "./second-read-fields.tsx";
import { ResultSection } from "./result-section.tsx";
import { ThresholdFields } from "./threshold-fields.tsx";

/** The whole policy by sections; each value says what it does and its unit. */
export function PolicySections(props: SectionProps) {
  // Shown anew after a reset, whatever was being typed.
  return (
    <div className={styles.stack} key={props.form.round}>
      <CeilingSection {...props} />
      <UrgencySection {...props} />
      <FlagSection {...props} />
      <ThresholdFields {...props} />
      <ReadingSection {...props} />
      <SecondReadSection {...props} />
      <ResultSection {...props} />
      <AssignmentSection {...props} />
    </div>
  );
}

const WEEK_MINUTES = 7 * 24 * 60;
const CEILINGS = ["critical", "urgent", "soon", "routine"] as const;

function CeilingSection({ form, isReadOnly }: SectionProps) {
  return (
    <Section name="ceilings">
      <div className={styles.fields}>
        {CEILINGS.map((name) => (
          <NumberField
            key={name}
            name={name}
            unit="minutes"
            min={5}
            max={WEEK_MINUTES}
            value={form.draft.ceilings[name]}
            isReadOnly={isReadOnly}
            isRefused={form.refused.has(`ceilings.${name}`)}
            onChange={(value) => form.change({ ceilings: { [name]: value } })}
          />
        ))}
      </div>
    </Section>
  );
}

const BY_AI = [
  "strong",
  "positive",
  "negative",
  "negativeAtMost",
  "notAssessed",
  "pending",
] as const;
const LIFTS = ["followUp", "waited"] as const;

function UrgencySection({ form, isReadOnly }: SectionProps) {
  const t = useTranslations("policies");
  const { urgency } = form.draft;
  const classField = (name: (typeof BY_AI | typeof LIFTS)[number]) => (
    <ClassField
      key={name}
      name={name}
      value={urgency[name]}
      isReadOnly={isReadOnly}
      isRefused={form.refused.has(`urgency.${name}`)}
      onChange={(value) => form.change({ urgency: { [name]: value } })}
    />
  );
  const numberField = (
    name: "infantBelowYears" | "oldFromYears" | "followUpDays",
    unit: "years" | "days",
    [min, max]: readonly [number, number],
  ) => (
    <NumberField
      name={name}
      unit={unit}
      min={min}
      max={max}
      value={urgency[name]}
      isReadOnly={isReadOnly}
      isRefused={form.refused.has(`urgency.${name}`)}
      onChange={(value) => form.change({ urgency: { [name]: value } })}
    />
  );
  return (
    <Section name="urgency">
      <h3 className={styles.subheading}>{t("form.byAi")}</h3>
      <div className={styles.fields}>
        <NumberField
          name="strongProbability"
          unit="percent"
          min={50}
          max={100}
          value={Math.round(urgency.strongProbability * 100)}
          isReadOnly={isReadOnly}
          isRefused={form.refused.has("urgency.strongProbability")}
          onChange={(value) =>
            form.change({ urgency: { strongProbability: value / 100 } })
          }
        />
        {BY_AI.map(classField)}
      </div>
      <h3 className={styles.subheading}>{t("form.byPatient")}</h3>
      <div className={styles.fields}>
        {numberField("infantBelowYears", "years", [0, 120])}
        {numberField("oldFromYears", "years", [0, 120])}
        {numberField("followUpDays", "days", [1, 365])}
        {LIFTS.map(classField)}
      </div>
    </Section>
  );
}

const EFFECTS = ["ACUTE", "RAISES", "NONE"] as const;

function FlagSection({ form, isReadOnly }: SectionProps) {
  const t = useTranslations("policies.values");
  const triage = useTriageText();
  const { flags } = form.draft.urgency;
  const setEffect = (flag: string, effect: FlagEffect) =>
    form.change({
      urgency: {
        flags: flags.map((item) =>
          item.flag === flag ? { flag, effect } : item,
        ),
      },
    });
  return (
    <Section name="flags">
      <div className={styles.fields}>
        {flags.map(({ flag, effect }) => (
          <NativeSelect
            key={flag}
            label={triage.flag(flag)}
            value={effect}
            disabled={isReadOnly}
            data={EFFECTS.map((value) => ({ value, label: t(value) }))}
            onChange={(event) => {
              const next = EFFECTS.find((item) => item === event.target.value);
              if (next) setEffect(flag, next);
            }}
          />
        ))}
      </div>
    </Section>
  );
}

const MODES = ["BLIND", "OPEN"] as const satisfies readonly ReadingMode[];

function ReadingSection({ form, isReadOnly }: SectionProps) {
  const t = useTranslations("policies");
  const { reading } = form.draft;
  return (
    <Section name="reading">
      <div className={styles.fields}>
        <NativeSelect
          label={t("fields.mode.label")}
          description={t("fields.mode.help")}
          value={reading.mode}
          disabled={isReadOnly}
          data={MODES.map((value) => ({ value, label: t(`values.${value}`) }))}
          onChange={(event) => {
            const mode = MODES.find((item) => item === event.target.value);
            if (mode) form.change({ reading: { mode } });
          }}
        />
        <NumberField
          name="controlShare"
          unit="percent"
          min={0}
          max={20}
          decimals={1}
          value={reading.controlShare}
          isReadOnly={isReadOnly}
          isRefused={form.refused.has("reading.controlShare")}
          onChange={(controlShare) =>
            form.change({ reading: { controlShare } })
          }
        />
        <NumberField
          name="leaseMinutes"
          unit="minutes"
          min={2}
          max={240}
          value={reading.leaseMinutes}
          isReadOnly={isReadOnly}
          isRefused={form.refused.has("reading.leaseMinutes")}
          onChange={(leaseMinutes) =>
            form.change({ reading: { leaseMinutes } })
          }
        />
      </div>
    </Section>
  );
}
