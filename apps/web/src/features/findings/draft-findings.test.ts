import { describe, expect, it } from "vitest";
import {
  changedFinding,
  contradicts,
  type DraftFinding,
  findingsUnder,
  fromKept,
  labelUnder,
  toFindingInput,
  withFinding,
} from "./draft-findings.ts";

const finding = (
  code: string,
  more: Partial<DraftFinding> = {},
): DraftFinding => ({
  code,
  presence: "PRESENT",
  side: null,
  zones: [],
  markIds: [],
  ...more,
});
const pneumonia = finding("pneumonia");
const effusion = finding("effusion", { side: "LEFT" });

describe("findings and the opinion", () => {
  it("follow each other: pneumonia is there under its label only", () => {
    expect(findingsUnder("PNEUMONIA", [effusion])).toEqual([
      pneumonia,
      effusion,
    ]);
    expect(findingsUnder("OTHER", [pneumonia, effusion])).toEqual([effusion]);
    expect(labelUnder([pneumonia], null)).toBe("PNEUMONIA");
    expect(labelUnder([pneumonia], "NORMAL")).toBe("PNEUMONIA");
    expect(labelUnder([effusion], null)).toBe("OTHER");
    expect(labelUnder([effusion], "NORMAL")).toBe("OTHER");
    expect(labelUnder([], "PNEUMONIA")).toBe("OTHER");
  });

  it("never make a film normal, or answer one that answers nothing", () => {
    expect(labelUnder([], null)).toBeNull();
    expect(
      labelUnder([finding("effusion", { presence: "ABSENT" })], null),
    ).toBe(null);
    expect(labelUnder([pneumonia], "NOT_DIAGNOSTIC")).toBe("NOT_DIAGNOSTIC");
  });

  it("keep what was said when an opinion comes back", () => {
    const placed = finding("pneumonia", {
      presence: "UNCERTAIN",
      side: "RIGHT",
    });
    expect(findingsUnder("PNEUMONIA", [placed])).toEqual([
      { ...placed, presence: "PRESENT" },
    ]);
  });

  it("are not taken away by 'normal', which they then contradict", () => {
    expect(findingsUnder("NORMAL", [effusion])).toEqual([effusion]);
    expect(contradicts([effusion], "NORMAL")).toBe(true);
    expect(
      contradicts([finding("edema", { presence: "ABSENT" })], "NORMAL"),
    ).toBe(false);
    expect(contradicts([effusion], "OTHER")).toBe(false);
    expect(contradicts([effusion], "NOT_DIAGNOSTIC")).toBe(true);
  });
});

describe("a finding", () => {
  it("is named once, and present when it is named again", () => {
    const absent = finding("edema", { presence: "ABSENT" });
    expect(withFinding([absent], "edema")).toEqual([finding("edema")]);
    expect(withFinding([absent], "hernia")).toEqual([
      absent,
      finding("hernia"),
    ]);
  });

  it("loses its marks when it is absent", () => {
    const marked = finding("edema", { markIds: ["a"] });
    expect(
      changedFinding([marked, effusion], "edema", { presence: "ABSENT" }),
    ).toEqual([finding("edema", { presence: "ABSENT" }), effusion]);
  });

  it("is sent with its marks by their places, and comes back the same", () => {
    const marks = [{ id: "a" }, { id: "b" }];
    const said = [finding("edema", { markIds: ["b", "gone"] }), effusion];
    const sent = toFindingInput(said, marks);
    expect(sent).toMatchObject([{ markIndexes: [1] }, { markIndexes: [] }]);
    const kept = sent.map((one) => ({
      ...finding(one.code),
      side: one.side ?? null,
      markIndexes: [one.markIndexes ?? []].flat(),
    }));
    expect(fromKept(kept, marks)).toEqual([
      finding("edema", { markIds: ["b"] }),
      effusion,
    ]);
  });
});
