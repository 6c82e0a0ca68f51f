/** How well the experimental heads rank: the hint and the 14 findings. */
import * as tf from "@tensorflow/tfjs-core";

import { toTrunkScale } from "../src/models/preprocess.ts";
import { dense, runNetwork } from "../src/models/network.ts";
import type { WeightMap } from "../src/models/trunk.ts";
import { IDENTITY_WARP, warp } from "./augment-geometry.ts";
import type { FilmCache } from "./film-cache.ts";
import { withInterval, type Estimate } from "./intervals.ts";
import type { FilmRow } from "./manifest-rows.ts";
import { NIH_FINDINGS } from "./nih-findings.ts";
import { rankAuc } from "./scores.ts";

const BATCH = 32;

/** Logits of one head, one row a film. */
function headLogits(
  weights: WeightMap,
  films: readonly number[],
  cache: FilmCache,
  size: number,
  head: "viral" | "nih",
): number[][] {
  const rows: number[][] = [];
  for (let from = 0; from < films.length; from += BATCH) {
    const here = films.slice(from, from + BATCH);
    const pixels = new Float32Array(here.length * size * size);
    for (const [at, index] of here.entries()) {
      const grey = warp(cache.film(index), cache.size, size, IDENTITY_WARP);
      pixels.set(toTrunkScale(grey), at * size * size);
    }
    const logits = tf.tidy(() => {
      const x = tf.tensor4d(pixels, [here.length, size, size, 1]);
      return dense(runNetwork(x, weights).pooled, weights, head);
    });
    rows.push(...logits.arraySync());
    logits.dispose();
  }
  return rows;
}

function area(logits: readonly number[], positive: boolean[]): Estimate {
  return withInterval(
    { name: "", logits, strongest: logits, positive },
    (part) => rankAuc(part.logits, part.positive),
  );
}

/**
 * Areas under the ROC curve on `val`: viral against bacterial among children
 * with pneumonia, and each of ChestX-ray14's findings among its own films.
 * Findings that fewer than three films have are left out.
 */
export function headFigures(
  weights: WeightMap,
  rows: readonly FilmRow[],
  cache: FilmCache,
  size: number,
): Record<"hintViral" | "nihFindings", Record<string, Estimate>> {
  const pick = (is: (row: FilmRow) => boolean): number[] =>
    rows.flatMap((row, at) => (row.split === "val" && is(row) ? [at] : []));
  const graded = pick(
    (row) => row.source === "kermany" && row.label === "pneumonia",
  );
  const viral = headLogits(weights, graded, cache, size, "viral");
  const films = pick((row) => row.source === "nih");
  const nih = headLogits(weights, films, cache, size, "nih");
  const findings = NIH_FINDINGS.flatMap((name, at): [string, Estimate][] => {
    const positive = films.map(
      (index) => rows[index]?.findings.includes(name) ?? false,
    );
    if (positive.filter(Boolean).length < 3) return [];
    const logits = nih.map((row) => row[at] ?? 0);
    return [[name, area(logits, positive)]];
  });
  return {
    hintViral: {
      auroc: area(
        viral.map(([logit = 0]) => logit),
        graded.map((index) => rows[index]?.sublabel === "viral"),
      ),
    },
    nihFindings: Object.fromEntries(findings),
  };
}
