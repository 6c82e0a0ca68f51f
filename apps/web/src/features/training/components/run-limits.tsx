"use client";

import { NativeSelect, NumberInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { TrainingKind } from "../../../gql/graphql.ts";
import styles from "./training.module.css";

/** As the API takes them. */
const MOST_SEED = 2_147_483_647;
const ENGINES = ["wasm", "tensorflow"] as const;

/** How a run is held: left empty, the API takes what it ships with. */
interface RunLimits {
  seed: number | null;
  memoryMegabytes: number | null;
  /** Null: the native engine where a trainer has it. */
  engine: (typeof ENGINES)[number] | null;
}

export const NO_LIMITS: RunLimits = {
  seed: null,
  memoryMegabytes: null,
  engine: null,
};

interface RunLimitsFieldsProps {
  kind: TrainingKind;
  limits: RunLimits;
  onChange: (limits: RunLimits) => void;
}

/** Seed, memory and, where gradients are computed, the engine of a run. */
export function RunLimitsFields(props: RunLimitsFieldsProps) {
  const { kind, limits, onChange } = props;
  const t = useTranslations("training.start.limits");
  const numberOr = (value: string | number) =>
    typeof value === "number" ? value : null;
  return (
    <div className={styles.fields}>
      <NumberInput
        label={t("seed")}
        description={t("seedText")}
        min={0}
        max={MOST_SEED}
        allowDecimal={false}
        value={limits.seed ?? ""}
        onChange={(value) => onChange({ ...limits, seed: numberOr(value) })}
      />
      <NumberInput
        label={t("memory")}
        description={t("memoryText")}
        min={512}
        max={65_536}
        allowDecimal={false}
        value={limits.memoryMegabytes ?? ""}
        onChange={(value) =>
          onChange({ ...limits, memoryMegabytes: numberOr(value) })
        }
      />
      {kind === "FINE_TUNE" ? (
        <NativeSelect
          label={t("engine")}
          description={t("engineText")}
          data={[
            { value: "", label: t("anyEngine") },
            ...ENGINES.map((value) => ({ value, label: value })),
          ]}
          value={limits.engine ?? ""}
          onChange={({ currentTarget: { value } }) =>
            onChange({
              ...limits,
              engine: ENGINES.find((known) => known === value) ?? null,
            })
          }
        />
      ) : null}
    </div>
  );
}
