/** Boxes of the product on films where radiologists marked all there is. */
import { chanceFeatures } from "../../src/explain/box-chance.ts";
import { activationMap } from "../../src/explain/activation-map.ts";
import { boxesOf } from "../../src/explain/boxes.ts";
import type { BoxRule } from "../../src/models/manifest.ts";
import { calibrate, scoreOf } from "../../src/triage/calibration.ts";
import { IDENTITY_WARP, warp } from "../data/augment-geometry.ts";
import type { FilmCache } from "../data/film-cache.ts";
import type { FilmRow } from "../data/films.ts";
import type { GroupFit } from "./operating-points.ts";
import { insideBoxes } from "./region-films.ts";
import type { ScoreNet } from "./score-net.ts";
import { scoreFilms } from "./scores.ts";

/** In parts of the film's sides. */
export interface UnitBox {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A box that the product would show. */
export interface ShownBox extends UnitBox {
  features: readonly [score: number, area: number, film: number];
  /** Its middle lies where a radiologist marked the finding. */
  isRight: boolean;
}

/** A film with the boxes on it, the product's and the radiologists'. */
export interface BoxFilm {
  patient: string;
  split: string;
  marked: readonly UnitBox[];
  /** None where the film does not count as positive. */
  shown: ShownBox[];
}

const UNIT = { x: 0, y: 0, width: 1, height: 1 };
const SPLITS = ["val", "adult-val"];

/**
 * Films that no training saw: with a radiologist's boxes, and those that were
 * read as normal, on which every box is wrong.
 */
export async function boxFilms(
  net: ScoreNet,
  rows: readonly FilmRow[],
  cache: FilmCache,
  by: { rule: BoxRule; fit: GroupFit },
): Promise<BoxFilm[]> {
  // A collection whose pneumonias have boxes: its normal films are read too.
  const collections = new Set(
    rows.filter(({ boxes }) => boxes.length > 0).map(({ source }) => source),
  );
  const wanted = rows.flatMap((row, at) => {
    const isRead =
      row.boxes.length > 0 || (row.label === "normal" && !row.isMined);
    const isKept = SPLITS.includes(row.split) && collections.has(row.source);
    return isRead && isKept ? [at] : [];
  });
  const { logits, strongest, maps, cells } = await scoreFilms(
    net,
    wanted.length,
    (at) =>
      warp(cache.film(wanted[at] ?? 0), cache.size, net.size, IDENTITY_WARP),
  );
  const area = cells * cells;
  const { calibration, thresholds } = by.fit;
  return wanted.map((index, at) => {
    const marked = rows[index]?.boxes ?? [];
    const isInside = insideBoxes(marked);
    const score = scoreOf(logits[at] ?? 0, strongest[at] ?? 0, calibration);
    const { probability } = calibrate(score, calibration);
    const map = activationMap(
      "pneumonia",
      maps.slice(at * area, (at + 1) * area),
      cells,
      UNIT,
    );
    const boxes =
      probability >= thresholds.balanced ? boxesOf(map, by.rule) : [];
    return {
      patient: rows[index]?.patient ?? "",
      split: rows[index]?.split ?? "",
      marked,
      shown: boxes.map(({ x, y, width, height, score: mean }) => ({
        ...{ x, y, width, height },
        features: chanceFeatures({
          score: mean,
          area: width * height,
          probability,
        }),
        isRight: isInside(x + width / 2, y + height / 2),
      })),
    };
  });
}
