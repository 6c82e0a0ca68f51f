"use client";

import { useTranslations } from "next-intl";
import {
  barPosition,
  formatInterval,
  formatProbability,
} from "../triage-format.ts";
import styles from "./probability-bar.module.css";

interface ProbabilityBarProps {
  /** Calibrated, 0…1. */
  probability: number;
  /** Operating point on the same scale; drawn as a tick. */
  threshold: number | null | undefined;
  /** 95 % interval, drawn as a whisker and written behind the number. */
  low?: number;
  high?: number;
  /** The number is written by somebody else. */
  barOnly?: boolean;
}

/** What the AI says, in its own hue: a bar, the threshold as a tick, a number. */
export function ProbabilityBar(props: ProbabilityBarProps) {
  const { probability, threshold, low, high, barOnly } = props;
  const t = useTranslations("findings");
  const text = formatProbability(probability);
  const hasInterval = low !== undefined && high !== undefined;
  const isPositive = threshold != null && probability >= threshold;
  return (
    <span className={styles.root} data-positive={isPositive}>
      <span
        className={styles.track}
        role="img"
        aria-label={
          threshold == null
            ? t("bar.plain", { percent: text })
            : t("bar.withThreshold", {
                percent: text,
                threshold: formatProbability(threshold),
              })
        }
      >
        <span
          className={styles.fill}
          style={{ width: `${barPosition(probability)}%` }}
        />
        {hasInterval ? (
          <span
            className={styles.whisker}
            style={{
              left: `${barPosition(low)}%`,
              width: `${barPosition(high - low)}%`,
            }}
          />
        ) : null}
        {threshold == null ? null : (
          <span
            className={styles.tick}
            style={{ left: `${barPosition(threshold)}%` }}
          />
        )}
      </span>
      {barOnly ? null : (
        <span className={styles.number}>
          {text}
          {hasInterval ? (
            <span className={styles.interval}>
              {" "}
              ({formatInterval(low, high)})
            </span>
          ) : null}
        </span>
      )}
    </span>
  );
}
