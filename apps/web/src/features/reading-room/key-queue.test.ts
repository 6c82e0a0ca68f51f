import { describe, expect, it } from "vitest";
import { nextKey } from "./key-queue.ts";

const NOTHING = { confirm: false, partly: false, override: false, sign: false };

describe("keys typed ahead", () => {
  it("wait while the answer is on its way", () => {
    expect(nextKey(["confirm", "sign"], NOTHING, true)).toEqual({
      run: null,
      waiting: ["confirm", "sign"],
    });
  });

  it("run in their order", () => {
    const can = { ...NOTHING, confirm: true, sign: true };
    const first = nextKey(["confirm", "sign"], can, false);
    expect(first).toEqual({ run: "confirm", waiting: ["sign"] });
    expect(nextKey(first.waiting, can, false)).toEqual({
      run: "sign",
      waiting: [],
    });
  });

  it("do not overtake one that waits", () => {
    const can = { ...NOTHING, sign: true };
    expect(nextKey(["confirm", "sign"], can, true).run).toBeNull();
  });

  it("are forgotten when what they wait for did not come", () => {
    expect(nextKey(["confirm", "sign"], NOTHING, false)).toEqual({
      run: null,
      waiting: [],
    });
  });

  it("sign nothing that still wants a reason", () => {
    const can = { ...NOTHING, confirm: true };
    const { waiting } = nextKey(["confirm", "sign"], can, false);
    expect(nextKey(waiting, can, false)).toEqual({ run: null, waiting: [] });
  });

  it("end with the signature", () => {
    const can = { ...NOTHING, confirm: true, sign: true };
    expect(nextKey(["sign", "confirm"], can, false).waiting).toEqual([]);
  });
});
