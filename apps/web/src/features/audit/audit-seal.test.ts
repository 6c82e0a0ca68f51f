import { describe, expect, it } from "vitest";
import { sealState } from "./audit-seal.ts";

const seal = {
  verifiedAt: "2026-11-23T09:00:00Z",
  verifiedThrough: "9007199254740993",
  ok: true,
  brokenAt: null,
  headSeq: "9007199254740995",
};

describe("sealState", () => {
  it("counts what came after the verification, without rounding", () => {
    expect(sealState(seal)).toEqual({
      kind: "intact",
      at: seal.verifiedAt,
      through: "9007199254740993",
      added: 2,
    });
  });

  it("never calls a chain intact that nobody verified", () => {
    expect(
      sealState({
        ...seal,
        verifiedAt: null,
        verifiedThrough: null,
        ok: null,
        headSeq: "7",
      }),
    ).toEqual({ kind: "never", events: 7 });
    expect(sealState({ ...seal, ok: null }).kind).toBe("never");
  });

  it("is broken as soon as anything says so", () => {
    expect(sealState({ ...seal, ok: false })).toEqual({
      kind: "broken",
      at: seal.verifiedAt,
      brokenAt: null,
    });
    expect(sealState({ ...seal, brokenAt: "12" })).toMatchObject({
      kind: "broken",
      brokenAt: "12",
    });
  });
});
