"use client";

import { useTranslations } from "next-intl";
import { useId } from "react";
import type { Label } from "../../../gql/graphql.ts";
import { LABELS } from "../decision-rules.ts";
import styles from "../../../components/layout/reading.module.css";

interface LabelTilesProps {
  legend: string;
  labels?: readonly Label[];
  value: Label | null;
  isDisabled?: boolean;
  /** draws 1, 2, 3, where those keys work */
  hasKeys?: boolean;
  onChange: (label: Label) => void;
}

/** Normal, pneumonia, other finding: one of them. */
export function LabelTiles(props: LabelTilesProps) {
  const t = useTranslations("findings.labels");
  const name = useId();
  const { labels = LABELS, value, isDisabled = false } = props;
  return (
    <fieldset className={styles.tiles} aria-label={props.legend}>
      {labels.map((label) => (
        <label key={label} className={styles.tile}>
          <input
            type="radio"
            name={name}
            checked={value === label}
            disabled={isDisabled}
            onChange={() => props.onChange(label)}
          />
          {props.hasKeys && !isDisabled ? (
            <kbd className={styles.tileKey} aria-hidden>
              {LABELS.indexOf(label) + 1}
            </kbd>
          ) : null}
          {t(label)}
        </label>
      ))}
    </fieldset>
  );
}
