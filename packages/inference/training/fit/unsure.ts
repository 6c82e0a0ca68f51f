/** Where the model should say that it is not sure. */
import type { UnsureRule } from "../../src/models/manifest.ts";
import type { Calibrated } from "./operating-points.ts";

/** Part of the validation films, in all looks, that may come out as unsure. */
export const MOST_UNSURE = 0.1;

/**
 * The two cut-offs around the threshold with the fewest wrong answers among
 * the films outside of them, while at most `most` of the films lie between. A
 * film at or above `to` is a sure positive, one below `from` a sure negative.
 */
export function unsureBetween(
  films: readonly Calibrated[],
  threshold: number,
  most = MOST_UNSURE,
): UnsureRule {
  const sorted = [...films].sort((a, b) => a.p - b.p);
  const total = sorted.reduce((sum, film) => sum + film.weight, 0);
  const middle = sorted.findIndex((film) => film.p >= threshold);
  if (middle < 0 || total === 0) return { from: threshold, to: threshold };
  // Wrong answers that go, and films that become unsure, with every step away
  // from the threshold, downwards and upwards.
  const down = steps(sorted.slice(0, middle).reverse(), true);
  const up = steps(sorted.slice(middle), false);
  let best = { saved: -1, width: Infinity, from: threshold, to: threshold };
  for (const below of down) {
    for (const above of up) {
      const width = below.weight + above.weight;
      if (width > most * total) break;
      const saved = below.wrong + above.wrong;
      if (saved < best.saved) continue;
      if (saved === best.saved && width >= best.width) continue;
      best = {
        saved,
        width,
        from: below.edge ?? threshold,
        to: above.edge ?? threshold,
      };
    }
  }
  return {
    from: cut(best.from, threshold, "down"),
    to: cut(best.to, threshold, "up"),
  };
}

interface Step {
  weight: number;
  wrong: number;
  /** Probability of the last film that is inside. */
  edge: number | null;
}

/** Only steps that take a wrong answer in are worth stopping at. */
function steps(films: readonly Calibrated[], wrongIs: boolean): Step[] {
  const found: Step[] = [{ weight: 0, wrong: 0, edge: null }];
  let weight = 0;
  let wrong = 0;
  for (const film of films) {
    weight += film.weight;
    if (film.isPositive !== wrongIs) continue;
    wrong += film.weight;
    found.push({ weight, wrong, edge: film.p });
  }
  return found;
}

/** Four digits, rounded so that the last film stays inside. */
function cut(p: number, threshold: number, way: "up" | "down"): number {
  if (p === threshold) return threshold;
  const digits = 1e4;
  return way === "down"
    ? Math.floor(p * digits) / digits
    : Math.min(1, Math.ceil(p * digits + 1e-9) / digits);
}
