"use client";

import { useTranslations } from "next-intl";
import type { Model } from "../../model-versions/use-models.ts";
import styles from "../../model-versions/components/models.module.css";

type Bin = Model["recalibration"][number]["bins"][number];

const SIZE = 260;
const MARGIN = 40;
const SPAN = SIZE - MARGIN - 12;
const SIDES = ["before", "after"] as const;

/**
 * Given probability against found share, with intervals; on the diagonal both
 * are the same. A dot's area is its films. The table below has the numbers.
 */
export function ReliabilityChart(props: {
  title: string;
  before: readonly Bin[];
  after: readonly Bin[];
}) {
  const { title } = props;
  const t = useTranslations("models.recalibration");
  const x = (value: number) => MARGIN + value * SPAN;
  const y = (value: number) => SIZE - MARGIN - value * SPAN;
  return (
    <div className={styles.reliability}>
      {SIDES.map((side) => {
        const bins = props[side];
        const total = bins.reduce((sum, { films }) => sum + films, 0);
        return (
          <figure key={side}>
            <figcaption>{t(side)}</figcaption>
            <svg
              viewBox={`0 0 ${String(SIZE)} ${String(SIZE)}`}
              role="img"
              aria-label={`${title}: ${t(side)}`}
            >
              <path
                data-part="frame"
                d={`M${String(x(0))},${String(y(1))} V${String(y(0))} H${String(x(1))}`}
              />
              <line data-part="even" x1={x(0)} y1={y(0)} x2={x(1)} y2={y(1)} />
              {[0, 0.5, 1].map((tick) => (
                <g key={tick}>
                  <text x={x(tick)} y={y(0) + 16} textAnchor="middle">
                    {tick}
                  </text>
                  <text x={x(0) - 6} y={y(tick) + 4} textAnchor="end">
                    {tick}
                  </text>
                </g>
              ))}
              <text x={x(0.5)} y={SIZE - 6} textAnchor="middle">
                {t("given")}
              </text>
              <text
                x={12}
                y={y(0.5)}
                textAnchor="middle"
                transform={`rotate(-90 12 ${String(y(0.5))})`}
              >
                {t("found")}
              </text>
              {bins.map(({ films, given, found }) => (
                <g key={given} data-part={side}>
                  <line
                    x1={x(given)}
                    x2={x(given)}
                    y1={y(found.low)}
                    y2={y(found.high)}
                  />
                  <circle
                    cx={x(given)}
                    cy={y(found.value)}
                    r={3 + 9 * Math.sqrt(films / total)}
                  />
                </g>
              ))}
            </svg>
          </figure>
        );
      })}
    </div>
  );
}
