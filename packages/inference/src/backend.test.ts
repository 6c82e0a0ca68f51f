import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";

import { hasNativeEngine, openEngine } from "./backend.ts";
import { selfTest } from "./engine/self-test.ts";

describe("openEngine", () => {
  it("opens wasm when asked, without a word of why", async () => {
    expect(await openEngine("wasm")).toEqual({ name: "wasm", note: null });
    expect(tf.getBackend()).toBe("wasm");
  });

  it.skipIf(hasNativeEngine())(
    "says in one line why it took wasm where there is no native engine",
    async () => {
      const opened = await openEngine("auto");
      expect(opened.name).toBe("wasm");
      expect(opened.note).toMatch(/engine:native/);
      expect(opened.note).not.toContain("\n");
    },
  );

  it.skipIf(!hasNativeEngine())(
    "takes the native engine where it passes its self-test",
    async () => {
      expect(await openEngine("auto")).toEqual({
        name: "tensorflow",
        note: null,
      });
    },
  );
});

describe("selfTest", () => {
  it("does not trust an engine whose numbers are wrong", async () => {
    await openEngine("wasm");
    const right = tf.getKernel("Relu6", "wasm");
    tf.unregisterKernel("Relu6", "wasm");
    // An activation that forgets its cap, as a broken build could.
    tf.registerKernel({
      ...right,
      kernelFunc: (params) => {
        const relu = tf.getKernel("Relu", "wasm");
        return relu.kernelFunc(params);
      },
    });
    try {
      expect(() => {
        selfTest();
      }).toThrow("instead of 3, 4, 6, 6");
    } finally {
      tf.unregisterKernel("Relu6", "wasm");
      tf.registerKernel(right);
    }
    expect(() => {
      selfTest();
    }).not.toThrow();
  });
});
