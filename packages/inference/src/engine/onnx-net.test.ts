import { describe, expect, it } from "vitest";

import { defaultModelDir } from "../models/registry.ts";
import { readModelManifest } from "../models/weights.ts";
import { availableEngines, openNet } from "./open-net.ts";
import {
  hasOnnxRuntime,
  loadOnnxRuntime,
  type OnnxRuntime,
} from "./onnx-runtime.ts";
import { onnxSelfTest } from "./onnx-self-test.ts";

describe.skipIf(!hasOnnxRuntime())(
  "onnxruntime (skipped without the optional dependency)",
  () => {
    it("is what auto takes first", async () => {
      expect(availableEngines()[0]).toBe("onnxruntime");
      const folder = defaultModelDir();
      const manifest = await readModelManifest(folder);
      const { net, note } = await openNet("auto", folder, manifest);
      expect([net.engine, note]).toEqual(["onnxruntime", null]);
      net.dispose();
    });

    it("passes its self-test, and a library that forgets the cap does not", async () => {
      const runtime = loadOnnxRuntime();
      await onnxSelfTest(runtime);
      const broken: OnnxRuntime = {
        Tensor: runtime.Tensor,
        InferenceSession: {
          create: async (...args) => {
            const session = await runtime.InferenceSession.create(...args);
            return {
              run: async (feeds) => {
                const out = await session.run(feeds);
                const data = Float32Array.from(out["capped"]?.data ?? []);
                return { capped: { data: data.map((v) => (v === 6 ? 7 : v)) } };
              },
            };
          },
        },
      };
      await expect(onnxSelfTest(broken)).rejects.toThrow(
        "instead of 3, 4, 6, 6",
      );
    });

    it("gives every number that wasm gives", async () => {
      const folder = defaultModelDir();
      const manifest = await readModelManifest(folder);
      const pixels = Float32Array.from(
        { length: manifest.input.size ** 2 },
        (_, at) => Math.sin(at / 97) * Math.cos(at / 1931),
      );
      const run = async (engine: "onnxruntime" | "wasm") => {
        const { net } = await openNet(engine, folder, manifest);
        const result = await net.run(pixels);
        net.dispose();
        return result;
      };
      const onnx = await run("onnxruntime");
      const wasm = await run("wasm");
      const numbers = (result: typeof onnx): number[] => [
        result.logit,
        result.strongest,
        result.childLogit,
        result.distance,
        ...result.gateLogits,
        ...result.map,
        ...result.others.logits,
        ...result.others.maps.flatMap((map) => Array.from(map)),
      ];
      const expected = numbers(wasm);
      expect(numbers(onnx)).toHaveLength(expected.length);
      for (const [at, value] of numbers(onnx).entries()) {
        expect(value).toBeCloseTo(expected[at] ?? Number.NaN, 2);
      }
    });
  },
);
