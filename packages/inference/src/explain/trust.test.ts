import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import * as tf from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { readFilms, type FilmRow } from "../../training/data/films.ts";
import { readSources } from "../../training/data/sources.ts";
import { Random } from "../../training/data/random.ts";
import {
  insideBoxes,
  type RegionFilm,
} from "../../training/fit/region-films.ts";
import { pointingShare } from "../../training/fit/tune-boxes.ts";
import { openEngine } from "../backend.ts";
import { repositoryRoot } from "../engine/locate.ts";
import { decodeFilm } from "../image/decode-film.ts";
import { runNetwork } from "../models/network.ts";
import { prepareFilm, toTrunkScale } from "../models/preprocess.ts";
import { defaultModelDir } from "../models/registry.ts";
import { loadModelWeights } from "../models/engine-weights.ts";
import { readModelManifest } from "../models/weights.ts";

const manifestFile = join(repositoryRoot(), "../shared/data/cxr/manifest.csv");
const hasFilms = existsSync(manifestFile);
const FILMS = 80;

describe.skipIf(!hasFilms)(
  "the map on adults' films with radiologists' boxes (needs ../shared/data)",
  () => {
    let weights = new Map<string, tf.Tensor>();
    let films: { row: FilmRow; grey: Float32Array; size: number }[] = [];

    beforeAll(async () => {
      await openEngine("wasm");
      const model = await readModelManifest(defaultModelDir());
      weights = await loadModelWeights(defaultModelDir(), model);
      const rows = (await readFilms(manifestFile, await readSources())).filter(
        (row) =>
          row.split === "adult-val" &&
          row.label === "pneumonia" &&
          row.boxes.length > 0,
      );
      films = await Promise.all(
        rows.slice(0, FILMS).map(async (row) => {
          const film = await decodeFilm(await readFile(row.file));
          const { grey, size } = prepareFilm(film, model.input);
          return { row, grey, size };
        }),
      );
    }, 60_000);

    afterAll(() => {
      for (const tensor of weights.values()) tensor.dispose();
    });

    function pointing(net: ReadonlyMap<string, tf.Tensor>): number {
      const boxed = films.map(({ row, grey, size }): RegionFilm => {
        const map = tf.tidy(() => {
          const x = tf.tensor4d(toTrunkScale(grey), [1, size, size, 1]);
          return runNetwork(x, net).map;
        });
        const logits = map.dataSync<"float32">();
        const cells = map.shape[1];
        map.dispose();
        return {
          logits,
          cells,
          patient: row.patient,
          isInside: insideBoxes(row.boxes),
        };
      });
      return pointingShare(boxed);
    }

    /** Share of the film in boxes: where a blind finger would land. */
    function chance(): number {
      const areas = films.map(({ row }) =>
        row.boxes.reduce((sum, box) => sum + box.width * box.height, 0),
      );
      return areas.reduce((sum, area) => sum + area, 0) / areas.length;
    }

    it("points into a box far more often than chance", () => {
      expect(pointing(weights)).toBeGreaterThan(0.55);
      expect(pointing(weights)).toBeGreaterThan(chance() + 0.25);
    }, 60_000);

    it("falls to chance when the weights are shuffled", () => {
      const random = new Random(3);
      const shuffled = new Map(
        Array.from(weights, ([name, tensor]) => {
          const values = tensor.dataSync<"float32">().slice();
          for (let at = values.length - 1; at > 0; at -= 1) {
            const other = random.below(at + 1);
            const kept = values[at] ?? 0;
            values[at] = values[other] ?? 0;
            values[other] = kept;
          }
          return [name, tf.tensor(values, tensor.shape)] as const;
        }),
      );
      const share = pointing(shuffled);
      for (const tensor of shuffled.values()) tensor.dispose();
      // Three standard errors of a share of 80 films around chance.
      const p = chance();
      const margin = 3 * Math.sqrt((p * (1 - p)) / films.length);
      expect(share).toBeLessThan(p + margin);
    }, 60_000);
  },
);
