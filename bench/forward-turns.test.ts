import { describe, expect, it } from "vitest";

import { turnRows } from "./forward-turns.ts";

describe("the table of engines by turns", () => {
  it("gives the ratio to onnxruntime and judges it", () => {
    const rows = turnRows("wasm", {
      milliseconds: 20,
      peerMilliseconds: 5,
      difference: 2e-4,
    });
    const ratio = rows.find(({ what }) => what.endsWith("to onnxruntime"));
    expect(ratio).toMatchObject({ value: 4, met: false });
    const gap = rows.find(({ what }) => what.includes("differs"));
    expect(gap).toMatchObject({ value: 2e-4, met: true });
  });

  it("has no budget for the ratio of tensorflow", () => {
    const rows = turnRows("tensorflow", {
      milliseconds: 20,
      peerMilliseconds: 5,
      difference: 2e-3,
    });
    const ratio = rows.find(({ what }) => what.endsWith("to onnxruntime"));
    expect(ratio).not.toHaveProperty("met");
    const gap = rows.find(({ what }) => what.includes("differs"));
    expect(gap).toMatchObject({ met: false });
  });
});
