/** Which films make a step, and their tensors. */
import * as tf from "@tensorflow/tfjs-core";

import { runHeads, type HeadOutput } from "../../src/models/network.ts";
import type { WeightMap } from "../../src/models/trunk.ts";
import type { Random } from "../data/random.ts";
import type { FeatureFile } from "./feature-file.ts";
import type { HeadBatch } from "./head-net.ts";
import type { TuneFilm } from "./tune-films.ts";
import type { TuneSettings } from "./tune-settings.ts";

/** Films with their features, and what of them is taught. */
export interface FilmSource {
  films: readonly TuneFilm[];
  file: FeatureFile;
  /** Whether their labels are taught or the base's answers kept. */
  hasLabels: boolean;
  isRehearsed: boolean;
}

interface Drawn {
  source: FilmSource;
  film: number;
  look: number;
}

/** Draws batches: with and without pneumonia by halves, rehearsed by share. */
export class BatchMaker {
  readonly #settings: TuneSettings;
  readonly #random: Random;
  readonly #sick: Drawn[];
  readonly #well: Drawn[];
  readonly #rehearsed: Drawn[];

  constructor(
    settings: TuneSettings,
    random: Random,
    site: FilmSource,
    learnt: readonly number[],
    rehearsal: FilmSource | null,
  ) {
    this.#settings = settings;
    this.#random = random;
    const of = (isSick: boolean): Drawn[] =>
      learnt
        .filter((film) => site.films[film]?.isSick === isSick)
        .map((film) => ({ source: site, film, look: 0 }));
    this.#sick = of(true);
    this.#well = of(false);
    this.#rehearsed =
      rehearsal === null
        ? []
        : readable(rehearsal).map((film) => ({
            source: rehearsal,
            film,
            look: 0,
          }));
    if (this.#sick.length === 0 || this.#well.length === 0)
      throw new Error(
        "one half of the patients has films of one kind only: there are too few to learn from",
      );
  }

  next(): HeadBatch {
    const { batch, rehearsalShare } = this.#settings;
    const rehearsed =
      this.#rehearsed.length === 0 ? 0 : Math.round(batch * rehearsalShare);
    const drawn = Array.from({ length: batch }, (_, at) => {
      if (at < rehearsed) return this.#draw(this.#rehearsed);
      return this.#draw(at % 2 === 0 ? this.#sick : this.#well);
    });
    return toBatch(drawn, this.#settings.smoothing);
  }

  #draw(from: readonly Drawn[]): Drawn {
    const chosen = from[this.#random.below(from.length)];
    if (chosen === undefined) throw new Error("there is no film to draw");
    const look = this.#random.below(chosen.source.file.looks);
    return { ...chosen, look };
  }
}

/** Films of a source whose pictures could be read. */
export function readable({ films, file }: FilmSource): number[] {
  return films.flatMap((_, at) => (file.unreadable.has(at) ? [] : [at]));
}

function toBatch(drawn: readonly Drawn[], smoothing: number): HeadBatch {
  const read = drawn.map(({ source, film, look }) =>
    source.file.read([{ film, look }]),
  );
  const features = tf.concat(read.map((one) => one.features));
  const boxes = tf.concat(read.map((one) => one.boxes));
  for (const one of read) tf.dispose([one.features, one.boxes]);
  const column = (of: (one: Drawn, film: TuneFilm) => number): tf.Tensor2D =>
    tf.tensor2d(
      drawn.map((one) => {
        const film = one.source.films[one.film];
        return film === undefined ? 0 : of(one, film);
      }),
      [drawn.length, 1],
    );
  const taught = ({ source }: Drawn, { isSick }: TuneFilm): boolean =>
    source.hasLabels && isSick !== null;
  const hasBoxes = column((one, film) =>
    taught(one, film) && (film.boxes.length > 0 || film.isSick === false)
      ? 1
      : 0,
  );
  const batch: HeadBatch = {
    features,
    boxes,
    label: column((_, { isSick }) =>
      isSick === true ? 1 - smoothing : smoothing,
    ),
    hasLabel: column((one, film) => (taught(one, film) ? 1 : 0)),
    hasBoxes: tf.reshape<tf.Rank.R4>(hasBoxes, [-1, 1, 1, 1]),
    isRehearsed: column(({ source }) => (source.isRehearsed ? 1 : 0)),
  };
  hasBoxes.dispose();
  return batch;
}

/** What heads say of a film's plain look. */
export interface FilmAnswer {
  logit: number;
  strongest: number;
  /** Whether the map's peak lies in a box; null where there is none. */
  isPointed: boolean | null;
}

const ASKED_AT_ONCE = 64;

/** The answers of heads to the plain looks of films, in their order. */
export function answersOf(
  weights: WeightMap,
  file: FeatureFile,
  films: readonly number[],
): FilmAnswer[] {
  const answers: FilmAnswer[] = [];
  for (let from = 0; from < films.length; from += ASKED_AT_ONCE) {
    const part = films.slice(from, from + ASKED_AT_ONCE);
    const { features, boxes } = file.read(
      part.map((film) => ({ film, look: 0 })),
    );
    const out = tf.tidy(() => numbersOf(runHeads(features, weights)));
    const places = boxes.dataSync<"float32">();
    tf.dispose([features, boxes]);
    const area = file.cells ** 2;
    for (const at of part.keys())
      answers.push({
        logit: out.logit[at] ?? Number.NaN,
        strongest: out.strongest[at] ?? Number.NaN,
        isPointed: isPointed(
          out.map.subarray(at * area, (at + 1) * area),
          places.subarray(at * area, (at + 1) * area),
        ),
      });
  }
  return answers;
}

function numbersOf(out: HeadOutput) {
  return {
    logit: out.logit.dataSync<"float32">(),
    strongest: out.strongest.dataSync<"float32">(),
    map: out.map.dataSync<"float32">(),
  };
}

function isPointed(map: Float32Array, boxes: Float32Array): boolean | null {
  if (!boxes.some((share) => share > 0)) return null;
  let peak = 0;
  for (const [at, value] of map.entries())
    if (value > (map[peak] ?? -Infinity)) peak = at;
  return (boxes[peak] ?? 0) > 0;
}
