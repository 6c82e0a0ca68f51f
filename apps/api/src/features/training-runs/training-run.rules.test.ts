import { describe, expect, it } from "vitest";
import {
  datasetRefusal,
  isCandidateName,
  isOver,
  stateAfter,
  TRAINING_COMMANDS,
} from "./training-run.rules.ts";

const STATES = [
  "QUEUED",
  "RUNNING",
  "PAUSED",
  "STOPPED",
  "DONE",
  "FAILED",
] as const;

describe("stateAfter", () => {
  it.each([
    ["QUEUED", "PAUSED", null, "STOPPED"],
    ["RUNNING", "PAUSED", null, "STOPPED"],
    ["PAUSED", null, "QUEUED", "STOPPED"],
    ["STOPPED", null, null, null],
    ["DONE", null, null, null],
    ["FAILED", null, null, null],
  ] as const)("of %s", (state, ...after) => {
    expect(
      TRAINING_COMMANDS.map((command) => stateAfter(state, command)),
    ).toEqual(after);
  });

  it("gives a run that is over no way on", () => {
    for (const state of STATES.filter(isOver))
      for (const command of TRAINING_COMMANDS)
        expect(stateAfter(state, command)).toBeNull();
  });
});

describe("isCandidateName", () => {
  it.each(["site-2026", "a", "lung-iris-2.1"])("takes %s", (name) => {
    expect(isCandidateName(name)).toBe(true);
  });
  it.each(["", "..", "a..b", "-a", "a-", "A", "a/b", "a b", "x".repeat(61)])(
    "refuses %s",
    (name) => {
      expect(isCandidateName(name)).toBe(false);
    },
  );
});

describe("datasetRefusal", () => {
  const fine = {
    films: 10,
    evergreen: 2,
    withdrawnPatients: 0,
    evergreenPatients: 0,
  };
  it("has nothing against films that may be taught", () => {
    expect(datasetRefusal(fine)).toBeNull();
  });
  it.each([
    [{ withdrawnPatients: 1 }, "withdrawn-patients"],
    [{ evergreenPatients: 1 }, "evergreen-film"],
    [{ films: 0 }, "no-films"],
  ])("refuses %o", (part, code) => {
    expect(datasetRefusal({ ...fine, ...part })?.code).toBe(code);
  });
});
