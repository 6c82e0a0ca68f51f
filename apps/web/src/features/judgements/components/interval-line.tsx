import type { Figure } from "../outcome-words.ts";
import styles from "./promotions.module.css";

interface IntervalLineProps {
  candidate: Figure | null | undefined;
  live: Figure | null | undefined;
  limit: number;
}

const WIDTH = 120;
const HEIGHT = 24;
/** Middles of the two lines: the candidate's, and the live model's under it. */
const ROWS = { candidate: 8, live: 17 } as const;

/**
 * Both figures with their intervals over one scale from 0, and the limit as an
 * upright line. The numbers stand beside it, so it says nothing of its own.
 */
export function IntervalLine({ candidate, live, limit }: IntervalLineProps) {
  const figures = [candidate, live].filter((figure) => figure != null);
  if (figures.length === 0) return null;
  const low = Math.min(0, ...figures.map((figure) => figure.low));
  const high = Math.max(limit, ...figures.map((figure) => figure.high));
  const at = (value: number) =>
    2 + ((value - low) / (high - low || 1)) * (WIDTH - 4);
  const line = (
    figure: Figure | null | undefined,
    row: "candidate" | "live",
  ) =>
    figure ? (
      <g data-row={row}>
        <line
          x1={at(figure.low)}
          x2={at(figure.high)}
          y1={ROWS[row]}
          y2={ROWS[row]}
        />
        <circle cx={at(figure.value)} cy={ROWS[row]} r="3" />
      </g>
    ) : null;
  return (
    <svg
      className={styles.interval}
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${String(WIDTH)} ${String(HEIGHT)}`}
      aria-hidden
    >
      <line data-row="limit" x1={at(limit)} x2={at(limit)} y1="0" y2={HEIGHT} />
      {line(candidate, "candidate")}
      {line(live, "live")}
    </svg>
  );
}
