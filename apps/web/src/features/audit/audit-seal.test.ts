import { describe, expect, it } from "vitest";
import { sealState } from "./audit-seal.ts";

const seal = {
  verifiedAt: "2026-11-23T09:00:00Z",
  verifiedThrough: "9007199254740993",
  ok: true,
  brokenAt: null,
  problem: null,
  headSeq: "9007199254740995",
  checkpoints: 3,
};

describe("sealState", () => {
  it("counts what came after the verification, without rounding", () => {
    expect(sealState(seal)).toEqual({
      kind: "intact",
      at: seal.verifiedAt,
      through: "9007199254740993",
      added: 2,
      checkpoints: 3,
    });
  });

  it("never calls a chain intact or broken that nobody verified", () => {
    expect(
      sealState({
        ...seal,
        verifiedAt: null,
        verifiedThrough: null,
        ok: false,
        headSeq: "7",
      }),
    ).toEqual({ kind: "never", events: 7 });
  });

  it("is broken as soon as anything says so", () => {
    expect(sealState({ ...seal, ok: false })).toEqual({
      kind: "broken",
      at: seal.verifiedAt,
      brokenAt: null,
      problem: null,
    });
    expect(
      sealState({ ...seal, brokenAt: "12", problem: "hash differs" }),
    ).toMatchObject({
      kind: "broken",
      brokenAt: "12",
      problem: "hash differs",
    });
  });
});
