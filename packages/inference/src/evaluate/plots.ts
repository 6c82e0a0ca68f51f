import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

import sharp from "sharp";

import {
  calibrationError,
  reliabilityBins,
} from "../metrics/calibration-error.ts";
import { proportion } from "../metrics/figure.ts";
import { auroc, rocCurve } from "../metrics/ranking.ts";
import { confusion, isAnswered, toScoredSet } from "./measure.ts";
import type { Outcome } from "./outcome.ts";

const SIZE = 480;
const MARGIN = 60;
const SPAN = SIZE - 2 * MARGIN;
const INK = "#1f2933";
const LINE = "#1c64d1";
/** Told from the blue line by everyone who does not tell red from green. */
const DOT = "#b54708";
const FONT = "DejaVu Sans, Helvetica, Arial, sans-serif";
const PALE = "#9aa5b1";
/** Twice the size on screen: sharp in print. */
const DENSITY = 144;

/**
 * Writes `roc`, `reliability` and `confusion` into a folder, each as SVG and
 * PNG. For use at the end of a command, when no film is decoded any more: the
 * SVG loader, closed for files from outside, is opened for these drawings.
 */
export async function writePlots(
  folder: string,
  outcomes: readonly Outcome[],
): Promise<void> {
  await mkdir(folder, { recursive: true });
  sharp.unblock({ operation: ["VipsForeignLoadSvgBuffer"] });
  const drawings = {
    roc: rocPlot(outcomes),
    reliability: reliabilityPlot(outcomes),
    confusion: confusionPlot(outcomes),
  };
  for (const [name, svg] of Object.entries(drawings)) {
    await writeFile(join(folder, `${name}.svg`), svg);
    const png = sharp(Buffer.from(svg), { density: DENSITY }).png();
    await writeFile(join(folder, `${name}.png`), await png.toBuffer());
  }
}

/** The ROC curve with the operating point of the product's own answers. */
export function rocPlot(outcomes: readonly Outcome[]): string {
  const answered = binary(outcomes);
  const set = toScoredSet(answered);
  const counts = confusion(answered);
  const healthy = counts.falsePositive + counts.trueNegative;
  const sick = counts.truePositive + counts.falseNegative;
  const axes = ["1 − specificity", "sensitivity"] as const;
  if (healthy === 0 || sick === 0) {
    const missing = text(SIZE / 2, SIZE / 2, "needs films of both labels");
    return frame("ROC", filmsOf(sick, healthy), axes, missing);
  }
  const points = rocCurve(set)
    .map((p) => at(p.falsePositiveRate, p.sensitivity).join(","))
    .join(" ");
  const [x, y] = at(counts.falsePositive / healthy, counts.truePositive / sick);
  const area = (auroc(set) ?? 0).toFixed(3);
  return frame(
    `ROC, AUROC ${area}`,
    filmsOf(sick, healthy),
    axes,
    `${diagonal()}
<polyline points="${points}" fill="none" stroke="${LINE}" stroke-width="2"/>
<circle cx="${x}" cy="${y}" r="5" fill="${DOT}"/>
${legend("balanced operating point")}`,
  );
}

/**
 * Given probability against observed share with its Wilson interval; a dot's
 * area is its films.
 */
export function reliabilityPlot(outcomes: readonly Outcome[]): string {
  const set = toScoredSet(binary(outcomes));
  const bins = reliabilityBins(set);
  const total = bins.reduce((sum, bin) => sum + bin.count, 0);
  const dots = bins.map((bin) => {
    const hits = Math.round(bin.observed * bin.count);
    const range = proportion(hits, bin.count) ?? { low: 0, high: 1 };
    const [x, y] = at(bin.meanProbability, bin.observed);
    const [, low] = at(0, range.low);
    const [, high] = at(0, range.high);
    const radius = 3 + 14 * Math.sqrt(bin.count / total);
    return `<line x1="${x}" y1="${low}" x2="${x}" y2="${high}" stroke="${LINE}" stroke-opacity="0.6"/>
<circle cx="${x}" cy="${y}" r="${radius.toFixed(1)}" fill="${LINE}" fill-opacity="0.5" stroke="${LINE}"/>`;
  });
  const error = calibrationError(set);
  return frame(
    error === null ? "Reliability" : `Reliability, ECE ${error.toFixed(3)}`,
    `${String(total)} films; a dot's area is its films, bars are 95 % intervals`,
    ["probability given", "share with pneumonia"],
    `${diagonal()}\n${dots.join("\n")}`,
  );
}

/** The product's answers against the truth, refused films beside them. */
export function confusionPlot(outcomes: readonly Outcome[]): string {
  const counts = confusion(binary(outcomes));
  const refused = (label: string): number =>
    outcomes.filter((o) => o.status === "refused" && o.row.label === label)
      .length;
  const cells = [
    [counts.trueNegative, counts.falsePositive, refused("normal")],
    [counts.falseNegative, counts.truePositive, refused("pneumonia")],
  ];
  const most = Math.max(1, ...cells.flat());
  const width = SPAN / 3;
  const height = SPAN / 2;
  const body = cells.flatMap((row, j) =>
    row.map((count, i) => {
      const x = MARGIN + i * width;
      const y = MARGIN + j * height;
      return `<rect x="${x.toFixed(1)}" y="${y.toFixed(1)}" width="${width.toFixed(1)}" height="${height.toFixed(1)}" fill="${LINE}" fill-opacity="${(0.06 + (0.6 * count) / most).toFixed(2)}" stroke="white"/>
${text(x + width / 2, y + height / 2, String(count), 22)}
${text(x + width / 2, y + height / 2 + 20, percentOf(count, row), 12)}`;
    }),
  );
  const columns = ["negative", "positive", "not assessed"].map((name, i) =>
    text(MARGIN + (i + 0.5) * width, SIZE - MARGIN + 18, name),
  );
  const rows = ["normal", "pneumonia"].map((name, j) =>
    text(MARGIN - 10, MARGIN + (j + 0.5) * height, name, 13, -90),
  );
  return svg(
    [
      text(SIZE / 2, 28, "Answers against labels", 16),
      text(SIZE / 2, 48, "balanced operating point; per cent of the label", 12),
      text(SIZE / 2, SIZE - 14, "the product's answer"),
      text(20, SIZE / 2, "label", 13, -90),
      ...body,
      ...columns,
      ...rows,
    ].join("\n"),
  );
}

function binary(
  outcomes: readonly Outcome[],
): Extract<Outcome, { status: "assessed" }>[] {
  return outcomes.filter(({ row }) => row.label !== "other").filter(isAnswered);
}

function frame(
  title: string,
  subtitle: string,
  [x, y]: readonly [string, string],
  body: string,
): string {
  const ticks = [0, 0.25, 0.5, 0.75, 1].flatMap((tick) => [
    text(MARGIN + tick * SPAN, SIZE - MARGIN + 18, String(tick), 11),
    text(MARGIN - 18, SIZE - MARGIN - tick * SPAN + 4, String(tick), 11),
  ]);
  return svg(`${text(SIZE / 2, 24, title, 16)}
${text(SIZE / 2, 42, subtitle, 12)}
<rect x="${String(MARGIN)}" y="${String(MARGIN)}" width="${String(SPAN)}" height="${String(SPAN)}" fill="none" stroke="${INK}"/>
${ticks.join("\n")}
${text(SIZE / 2, SIZE - 14, x)}
${text(18, SIZE / 2, y, 13, -90)}
${body}`);
}

/** What the dot is, in the lower right corner, which no good curve crosses. */
function legend(dot: string): string {
  const [x, y] = [SIZE - MARGIN - 14, SIZE - MARGIN - 16];
  return `<circle cx="${String(x)}" cy="${String(y - 4)}" r="5" fill="${DOT}"/>
<text x="${String(x - 12)}" y="${String(y)}" text-anchor="end" font-family="${FONT}" font-size="12" fill="${INK}">${dot}</text>`;
}

function filmsOf(sick: number, healthy: number): string {
  return `${String(sick)} films of pneumonia, ${String(healthy)} normal`;
}

function percentOf(count: number, row: readonly number[]): string {
  const total = row.reduce((sum, n) => sum + n, 0);
  return total === 0 ? "–" : `${((100 * count) / total).toFixed(1)} %`;
}

function svg(body: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${String(SIZE)}" height="${String(SIZE)}" viewBox="0 0 ${String(SIZE)} ${String(SIZE)}">
<rect width="100%" height="100%" fill="white"/>
${body}
</svg>
`;
}

function text(
  x: number,
  y: number,
  content: string,
  size = 13,
  turn = 0,
): string {
  const place = `${x.toFixed(1)} ${y.toFixed(1)}`;
  return `<text transform="translate(${place}) rotate(${String(turn)})" text-anchor="middle" font-family="${FONT}" font-size="${String(size)}" fill="${INK}">${content}</text>`;
}

function diagonal(): string {
  return `<line x1="${String(MARGIN)}" y1="${String(SIZE - MARGIN)}" x2="${String(SIZE - MARGIN)}" y2="${String(MARGIN)}" stroke="${PALE}" stroke-dasharray="4 4"/>`;
}

/** A point of the unit square in the drawing. */
function at(x: number, y: number): [x: string, y: string] {
  return [
    (MARGIN + x * SPAN).toFixed(1),
    (SIZE - MARGIN - y * SPAN).toFixed(1),
  ];
}
