/** The gate's decision: from pixels alone, then from what the net saw. Pure. */
import type { GateRule } from "../models/manifest.ts";
import type { Film, Gate, GateReason } from "../types.ts";

const HISTOGRAM_BINS = 256;
/** Values that a pixel of 16 bits can have. */
const VALUES = 65_536;

/**
 * What the film alone tells: damaged, too small or blank; null when none.
 *
 * @param grey the film's own, where it was measured already.
 */
export function checkPixels(
  film: Film,
  rule: GateRule,
  grey: GreyFigures = greySpread(film),
): Gate | null {
  if (film.warnings.includes("damaged-picture")) {
    return refuse(
      "damaged",
      `the file is damaged: ${film.damage ?? "part of the picture is lost"}; ask for it again`,
    );
  }
  const side = Math.min(film.width, film.height);
  if (side < rule.minSidePixels) {
    return refuse(
      "too-small",
      `the film is ${String(film.width)} × ${String(film.height)} pixels; ` +
        `at least ${String(rule.minSidePixels)} a side are needed`,
    );
  }
  const { span, flatShare } = grey;
  if (span < rule.minSpan || flatShare > rule.maxFlatShare) {
    return refuse("blank", "the film shows almost nothing but one grey level");
  }
  return null;
}

/** How a film's greys lie, as parts of full scale. */
export interface GreyFigures {
  mean: number;
  /** From the 1st to the 99th percentile. */
  span: number;
  /** Share of the most frequent of 256 levels. */
  flatShare: number;
}

/** Measures a film's greys on 256 levels. */
export function greySpread(film: Film): GreyFigures {
  const total = film.width * film.height;
  const histogram = greyHistogram(film, total);
  const level = (part: number): number => {
    let seen = 0;
    for (let bin = 0; bin < HISTOGRAM_BINS; bin += 1) {
      seen += histogram[bin] ?? 0;
      if (seen >= total * part) return bin;
    }
    return HISTOGRAM_BINS - 1;
  };
  const most = histogram.reduce((a, b) => Math.max(a, b), 0);
  const sum = histogram.reduce((a, count, bin) => a + count * (bin + 0.5), 0);
  return {
    mean: sum / total / HISTOGRAM_BINS,
    span: (level(0.99) - level(0.01)) / HISTOGRAM_BINS,
    flatShare: most / total,
  };
}

/**
 * Pixels by grey level in 256 bins. Counted by value first, since a film has
 * far more pixels than values.
 */
function greyHistogram(film: Film, total: number): Uint32Array {
  const { pixels } = film;
  const counts = new Uint32Array(VALUES);
  for (let at = 0; at < total; at += 1) {
    const value = pixels[at] ?? 0;
    counts[value] = (counts[value] ?? 0) + 1;
  }
  const scale = HISTOGRAM_BINS / (film.maxValue + 1);
  const histogram = new Uint32Array(HISTOGRAM_BINS);
  for (let value = 0; value < VALUES; value += 1) {
    const count = counts[value] ?? 0;
    if (count === 0) continue;
    const bin = Math.min(HISTOGRAM_BINS - 1, Math.floor(value * scale));
    histogram[bin] = (histogram[bin] ?? 0) + count;
  }
  return histogram;
}

/** What the net's gate head said of one film. */
export interface GateSignals {
  /** Logits in the order of the rule's classes. */
  logits: ArrayLike<number>;
  /** Squared distance from the training films, about 1 for one of them. */
  distance: number;
  isColour: boolean;
  /** The pixels' order of greys says that black and white are exchanged. */
  looksInverted: boolean;
}

/** Accepts or refuses by the rule; the likeliest wrong kind is the reason. */
export function judge(signals: GateSignals, rule: GateRule): Gate {
  const probabilities = softmax(signals.logits);
  const accepted = probabilities[0] ?? 0;
  const needed = signals.isColour ? rule.acceptColourFrom : rule.acceptFrom;
  // Written so that a missing number (NaN) refuses.
  if (!(accepted >= needed)) {
    const reason = likeliestWrong(probabilities, rule);
    return refuse(reason, detailOf(reason));
  }
  if (signals.looksInverted) return refuse("inverted", detailOf("inverted"));
  if (!(signals.distance <= rule.maxDistance)) {
    return refuse(
      "not-a-chest-film",
      "the picture is unlike every film the model was trained on",
    );
  }
  return { status: "assessed", reason: null };
}

function likeliestWrong(
  probabilities: readonly number[],
  rule: GateRule,
): GateReason {
  let best: GateReason = "not-a-chest-film";
  let highest = -1;
  for (const [at, name] of rule.classes.entries()) {
    const p = probabilities[at] ?? 0;
    if (name === "frontal" || p <= highest) continue;
    best = name;
    highest = p;
  }
  return best;
}

function detailOf(reason: GateReason): string {
  const details: Record<GateReason, string> = {
    "not-a-chest-film": "the picture does not look like a chest film",
    lateral: "this looks like a side view; only frontal films are assessed",
    inverted: "black and white look exchanged",
    rotated: "the film looks turned by 90° or 180°",
    "cut-off": "a large part of the lungs seems to lie outside the film",
    blank: "the film shows almost nothing but one grey level",
    "too-small": "the film has too few pixels",
    damaged: "the file is damaged",
    unreadable: "the film could not be read",
  };
  return details[reason];
}

/** Softmax of a few logits. */
export function softmax(logits: ArrayLike<number>): number[] {
  const values = Array.from(logits);
  const highest = Math.max(...values);
  const powers = values.map((z) => Math.exp(z - highest));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((p) => p / sum);
}

function refuse(reason: GateReason, detail: string): Gate {
  return { status: "not-assessed", reason, detail };
}
