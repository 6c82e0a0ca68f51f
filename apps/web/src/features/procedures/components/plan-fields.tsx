"use client";

import { Button, NativeSelect, NumberInput, TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import { evidenceOf, withOption, type PlanDraft } from "../procedure-draft.ts";
import { WordsPair } from "./words-pair.tsx";
import styles from "../../procedure-steps/components/procedures.module.css";

const ROLES = ["STAFF", "RADIOLOGIST"] as const;
const KINDS = ["TICK", "CHOICE", "NUMBER", "READ_BACK"] as const;
const MAX_MINUTES = 43_200;
const MAX_OPTIONS = 8;

interface PlanFieldsProps {
  plan: PlanDraft;
  number: number;
  /** Only a critical result can be read back. */
  canReadBack: boolean;
  onChange: (plan: PlanDraft) => void;
  /** Null for the only step. */
  onRemove: (() => void) | null;
}

/** One step: what, who, by when, and how it is shown. */
export function PlanFields(props: PlanFieldsProps) {
  const { plan, number, canReadBack, onChange, onRemove } = props;
  const t = useTranslations("procedures.editor");
  const kinds = useTranslations("procedures.kinds");
  const roles = useTranslations("shell.roles");
  return (
    <fieldset className={styles.plan}>
      <legend>{t("step", { number })}</legend>
      <WordsPair
        label={t("what")}
        words={plan.name}
        onChange={(name) => onChange({ ...plan, name })}
      />
      <div className={styles.fields}>
        <NativeSelect
          label={t("role")}
          value={plan.role}
          data={ROLES.map((value) => ({ value, label: roles(value) }))}
          onChange={(event) => {
            const { value } = event.currentTarget;
            const role = ROLES.find((one) => one === value);
            if (role) onChange({ ...plan, role });
          }}
        />
        <NumberInput
          label={t("minutes")}
          min={1}
          max={MAX_MINUTES}
          allowDecimal={false}
          value={plan.minutes}
          onChange={(value) =>
            onChange({
              ...plan,
              minutes: typeof value === "number" ? value : 0,
            })
          }
        />
        <NativeSelect
          label={t("evidence")}
          value={plan.evidence.kind}
          data={KINDS.filter((kind) => canReadBack || kind !== "READ_BACK").map(
            (value) => ({ value, label: kinds(value) }),
          )}
          onChange={(event) => {
            const { value } = event.currentTarget;
            const kind = KINDS.find((one) => one === value);
            if (kind) onChange({ ...plan, evidence: evidenceOf(kind) });
          }}
        />
      </div>
      <EvidenceFields plan={plan} onChange={onChange} />
      {onRemove ? (
        <div>
          <Button size="compact-sm" variant="default" onClick={onRemove}>
            {t("removeStep", { number })}
          </Button>
        </div>
      ) : null}
    </fieldset>
  );
}

type EvidenceFieldsProps = Pick<PlanFieldsProps, "plan" | "onChange">;

function EvidenceFields({ plan, onChange }: EvidenceFieldsProps) {
  const t = useTranslations("procedures.editor");
  const { evidence } = plan;
  const change = (part: Partial<PlanDraft["evidence"]>) =>
    onChange({ ...plan, evidence: { ...evidence, ...part } });
  const numberOf = (value: number | string) =>
    typeof value === "number" ? value : null;
  if (evidence.kind === "NUMBER")
    return (
      <div className={styles.fields}>
        <TextInput
          label={t("unit")}
          withAsterisk
          maxLength={20}
          value={evidence.unit ?? ""}
          onChange={(event) => change({ unit: event.currentTarget.value })}
        />
        <NumberInput
          label={t("min")}
          value={evidence.min ?? ""}
          onChange={(value) => change({ min: numberOf(value) })}
        />
        <NumberInput
          label={t("max")}
          value={evidence.max ?? ""}
          onChange={(value) => change({ max: numberOf(value) })}
        />
      </div>
    );
  if (evidence.kind !== "CHOICE") return null;
  return (
    <>
      {evidence.options.map((option, at) => (
        <div key={option.code} className={styles.option}>
          <WordsPair
            label={t("option", { number: at + 1 })}
            words={option.name}
            onChange={(name) =>
              change({
                options: evidence.options.map((one) =>
                  one.code === option.code ? { ...one, name } : one,
                ),
              })
            }
          />
          {evidence.options.length > 2 ? (
            <Button
              size="compact-sm"
              variant="default"
              onClick={() =>
                change({
                  options: evidence.options.filter((one) => one !== option),
                })
              }
            >
              {t("removeOption", { number: at + 1 })}
            </Button>
          ) : null}
        </div>
      ))}
      {evidence.options.length < MAX_OPTIONS ? (
        <div>
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => onChange(withOption(plan))}
          >
            {t("addOption")}
          </Button>
        </div>
      ) : null}
    </>
  );
}
