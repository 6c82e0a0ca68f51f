import {
  defaultModelDir,
  ONNX_NAMES,
  openForwardPass,
} from "@lung-iris/inference";
import { encodePhantomPng, makePhantom } from "@lung-iris/phantom";
import { describe, expect, it } from "vitest";

import { turnRows } from "./forward-turns.ts";
import { hasPeer, loadPeer } from "./onnx-peer.ts";

describe("the table of engines by turns", () => {
  it("gives ratios of the engines that ran and judges them", () => {
    const rows = turnRows(
      {
        milliseconds: { wasm: 20, tensorflow: 4, onnxruntime: 5 },
        difference: { tensorflow: 2e-4, onnxruntime: 2e-3 },
      },
      1,
    );
    const ratio = rows.find(({ what }) => what.endsWith("wasm to tensorflow"));
    expect(ratio).toMatchObject({ value: 5, met: false });
    expect(
      rows.find(({ what }) => what.endsWith("tensorflow to onnxruntime"))
        ?.value,
    ).toBe(0.8);
    const differences = rows.filter(({ what }) => what.includes("differs"));
    expect(differences.map(({ met }) => met)).toEqual([true, false]);
  });

  it("leaves out what did not run", () => {
    const rows = turnRows({ milliseconds: { wasm: 20 }, difference: {} }, 2);
    expect(rows.map(({ what }) => what)).toEqual([
      "forward by turns, 2 thread(s): wasm",
    ]);
  });
});

describe.skipIf(!hasPeer())(
  "the net as an ONNX file (skipped without onnxruntime-node)",
  () => {
    it("gives what our engine gives", async () => {
      const film = await encodePhantomPng(makePhantom({ seed: 5, size: 512 }));
      const pass = await openForwardPass(film, {
        modelDir: defaultModelDir(),
        engine: "wasm",
      });
      const { InferenceSession, Tensor } = loadPeer();
      const session = await InferenceSession.create(pass.toOnnx(), {
        intraOpNumThreads: 1,
        interOpNumThreads: 1,
      });
      const shape = [1, 1, pass.size, pass.size];
      const out = await session.run({
        [ONNX_NAMES.input]: new Tensor("float32", pass.input, shape),
      });
      const ours = await pass.run();
      pass.dispose();
      expect(out[ONNX_NAMES.logit]?.data[0]).toBeCloseTo(ours.logit, 3);
      const map = out[ONNX_NAMES.map]?.data ?? [];
      expect(map.length).toBe(ours.map.length);
      for (const [cell, value] of ours.map.entries()) {
        expect(map[cell]).toBeCloseTo(value, 3);
      }
    }, 60_000);
  },
);
