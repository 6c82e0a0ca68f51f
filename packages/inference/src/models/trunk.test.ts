import { existsSync } from "node:fs";
import { join } from "node:path";

import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";

import { foldUnit, loadPretrained } from "../../training/net/pretrained.ts";
import { openEngine } from "../backend.ts";
import { repositoryRoot } from "../engine/locate.ts";
import { foldedLayers, runTrunk } from "./trunk.ts";

const folder = join(
  repositoryRoot(),
  "../shared/data/pretrained/efficientnet-lite0",
);
const hasWeights = existsSync(folder);

/** First eight channels at row 0, column 0, from the weights' README. */
const REFERENCE = [
  {
    block: 4,
    shape: [1, 8, 8, 40],
    mean: 3.13523,
    values: [
      14.05446, -18.87886, 3.39052, 9.2864, 7.63609, 0.62158, 10.43112, 1.12436,
    ],
  },
  {
    block: 10,
    shape: [1, 4, 4, 112],
    mean: -0.67068,
    values: [
      4.24098, 3.6565, -3.25498, 1.22354, 13.77496, 6.94577, 10.52375, 3.43848,
    ],
  },
];

describe.skipIf(!hasWeights)(
  "the trunk on ImageNet weights (needs ../shared/data)",
  () => {
    beforeAll(async () => {
      await openEngine("wasm");
    });

    it("reproduces the published features after folding", async () => {
      const units = await loadPretrained(folder, 10);
      const weights = new Map<string, tf.Tensor>();
      for (const unit of units) {
        const { kernel, bias } = foldUnit(unit);
        weights.set(`${unit.name}/kernel`, kernel);
        weights.set(`${unit.name}/bias`, bias);
      }
      // The README's film: (7h + 13w) mod 256, scaled (v − 127) / 128.
      const grey = Float32Array.from({ length: 64 * 64 }, (_, at) => {
        const value = (7 * Math.floor(at / 64) + 13 * (at % 64)) % 256;
        return (value - 127) / 128;
      });
      const outs = runTrunk(
        tf.tensor4d(grey, [1, 64, 64, 1]),
        foldedLayers(weights),
        [4, 10],
      );
      for (const [at, reference] of REFERENCE.entries()) {
        const out = outs[at];
        expect(out?.shape).toEqual(reference.shape);
        const values = out?.dataSync<"float32">() ?? new Float32Array(0);
        const mean = values.reduce((a, b) => a + b, 0) / values.length;
        expect(mean).toBeCloseTo(reference.mean, 3);
        for (const [channel, expected] of reference.values.entries()) {
          expect(Math.abs((values[channel] ?? 0) - expected)).toBeLessThan(
            1e-3,
          );
        }
      }
    });
  },
);
