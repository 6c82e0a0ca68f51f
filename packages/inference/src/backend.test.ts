import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";

import { openEngine } from "./backend.ts";
import { hasNativeEngine } from "./engine/locate.ts";
import { selfTest } from "./engine/self-test.ts";

describe("openEngine", () => {
  it("opens wasm when asked", async () => {
    await openEngine("wasm");
    expect(tf.getBackend()).toBe("wasm");
  });

  it.skipIf(hasNativeEngine())(
    "says in one line how to make the tensorflow engine where it is missing",
    async () => {
      const error: unknown = await openEngine("tensorflow").catch(
        (caught: unknown) => caught,
      );
      expect(error).toMatchObject({ code: "engine-unavailable" });
      expect(String(error)).toMatch(/engine:native/);
      expect(String(error)).not.toContain("\n");
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
