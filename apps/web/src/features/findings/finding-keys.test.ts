import { describe, expect, it } from "vitest";
import type { DraftFinding } from "./draft-findings.ts";
import { changeOfKey } from "./finding-keys.ts";

const effusion: DraftFinding = {
  code: "effusion",
  presence: "PRESENT",
  side: "LEFT",
  zones: ["LOWER"],
  markIds: [],
};
const everywhere = { hasSides: true, hasZones: true };

describe("letters on a finding that has the focus", () => {
  it("say whether, on which side and where, in any case", () => {
    const change = (key: string) =>
      changeOfKey(effusion, key, everywhere, false);
    expect(change("q")).toEqual({ presence: "UNCERTAIN" });
    expect(change("R")).toEqual({ side: "RIGHT" });
    expect(change("l")).toEqual({ side: null });
    expect(change("u")).toEqual({ zones: ["UPPER", "LOWER"] });
    expect(change("d")).toEqual({ zones: [] });
    expect(change("s")).toBeNull();
  });

  it("change nothing where they make no sense, and go no further", () => {
    const nowhere = { hasSides: false, hasZones: false };
    expect(changeOfKey(effusion, "r", nowhere, false)).toEqual({});
    expect(changeOfKey(effusion, "u", nowhere, false)).toEqual({});
    expect(changeOfKey(effusion, "n", everywhere, true)).toEqual({});
  });
});
