"use client";

import { useTranslations } from "next-intl";
import type { Label, OverrideReason } from "../../../gql/graphql.ts";
import {
  overrideReasonsFor,
  overridingLabels,
  type Suggestion,
} from "../decision-rules.ts";
import { LabelTiles } from "./label-tiles.tsx";
import { ReasonField } from "./reason-field.tsx";
import styles from "../../../components/layout/reading.module.css";

interface OverrideFieldsProps {
  suggestion: Suggestion;
  label: Label | null;
  reason: OverrideReason | null;
  hasKeys?: boolean;
  /** The reason gets the focus when the fields appear. */
  isFresh?: boolean;
  onLabel: (label: Label) => void;
  onReason: (reason: OverrideReason) => void;
}

/** What the film shows instead, and why the AI is not followed. */
export function OverrideFields(props: OverrideFieldsProps) {
  const { suggestion, label, reason } = props;
  const t = useTranslations("readings");
  const reasons = label ? overrideReasonsFor(label, suggestion) : [];
  return (
    <div className={styles.stack}>
      <LabelTiles
        legend={t("override.label")}
        labels={overridingLabels(suggestion)}
        value={label}
        hasKeys={props.hasKeys ?? false}
        onChange={props.onLabel}
      />
      <ReasonField
        reasons={reasons}
        label={t("override.reason")}
        reason={reason}
        isFresh={props.isFresh === true}
        onReason={props.onReason}
      />
    </div>
  );
}
