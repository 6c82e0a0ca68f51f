import { describe, expect, it } from "vitest";
import { AppError } from "../../errors.ts";
import { checkFindings, findingsFor } from "./reading-finding.rules.ts";
import { readFindings } from "./reading-finding.ts";
import type { Presence, ReadingFinding } from "./reading-finding.ts";

function finding(
  code: ReadingFinding["code"],
  presence: Presence = "PRESENT",
  more: Partial<ReadingFinding> = {},
): ReadingFinding {
  return { code, presence, side: null, zones: [], markIndexes: [], ...more };
}

function codeOf(work: () => unknown): string {
  try {
    work();
    return "accepted";
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}

const pneumonia = finding("pneumonia");
const effusion = finding("effusion");

describe("findings beside a label", () => {
  it.each([
    ["PNEUMONIA", [pneumonia], "accepted"],
    ["PNEUMONIA", [pneumonia, effusion], "accepted"],
    ["PNEUMONIA", [], "FINDINGS_MISMATCH"],
    ["PNEUMONIA", [finding("pneumonia", "UNCERTAIN")], "FINDINGS_MISMATCH"],
    ["OTHER", [effusion, finding("pneumonia", "UNCERTAIN")], "accepted"],
    ["OTHER", [], "accepted"],
    ["OTHER", [pneumonia, effusion], "FINDINGS_MISMATCH"],
    ["NORMAL", [finding("pneumonia", "ABSENT")], "accepted"],
    ["NORMAL", [finding("effusion", "UNCERTAIN")], "FINDINGS_MISMATCH"],
    ["NORMAL", [effusion], "FINDINGS_MISMATCH"],
    ["NOT_DIAGNOSTIC", [], "accepted"],
    ["NOT_DIAGNOSTIC", [finding("effusion", "ABSENT")], "FINDINGS_MISMATCH"],
  ] as const)("of %s, case %#, are %s", (label, findings, outcome) => {
    expect(codeOf(() => checkFindings(findings, label, 0))).toBe(outcome);
  });
});

describe("a finding", () => {
  const check = (...findings: object[]) =>
    codeOf(() => checkFindings(findings, "OTHER", 2));

  it("has a side and a zone only where that makes sense", () => {
    expect(check(finding("effusion", "PRESENT", { side: "LEFT" }))).toBe(
      "accepted",
    );
    expect(check(finding("cardiomegaly", "PRESENT", { side: "LEFT" }))).toBe(
      "BAD_USER_INPUT",
    );
    expect(check(finding("effusion", "PRESENT", { zones: ["LOWER"] }))).toBe(
      "BAD_USER_INPUT",
    );
    expect(
      check(finding("fibrosis", "PRESENT", { zones: ["UPPER", "LOWER"] })),
    ).toBe("accepted");
  });

  it("is of the catalogue, and named once", () => {
    expect(check({ ...effusion, code: "gout" })).toBe("BAD_USER_INPUT");
    expect(check(effusion, { ...effusion, presence: "ABSENT" })).toBe(
      "BAD_USER_INPUT",
    );
  });

  it("is shown by regions that are marked, unless it is absent", () => {
    expect(check({ ...effusion, markIndexes: [0, 1] })).toBe("accepted");
    expect(check({ ...effusion, markIndexes: [2] })).toBe("BAD_USER_INPUT");
    expect(check({ ...effusion, markIndexes: [1, 1] })).toBe("BAD_USER_INPUT");
    expect(check(finding("effusion", "ABSENT", { markIndexes: [0] }))).toBe(
      "BAD_USER_INPUT",
    );
  });
});

describe("findings that a label brings along", () => {
  it("are what the label names, without what it denies", () => {
    expect(findingsFor("PNEUMONIA")).toEqual([pneumonia]);
    expect(findingsFor("NORMAL", [effusion])).toEqual([]);
    expect(findingsFor("OTHER", [pneumonia, effusion])).toEqual([effusion]);
    expect(findingsFor("NOT_DIAGNOSTIC", [effusion])).toEqual([]);
  });

  it("keep what was said of them, and always fit", () => {
    const placed = finding("pneumonia", "PRESENT", { side: "RIGHT" });
    const denied = finding("pneumonia", "ABSENT");
    expect(findingsFor("PNEUMONIA", [effusion, placed])).toEqual([
      placed,
      effusion,
    ]);
    expect(findingsFor("PNEUMONIA", [denied])).toEqual([pneumonia]);
    for (const label of [
      "NORMAL",
      "PNEUMONIA",
      "OTHER",
      "NOT_DIAGNOSTIC",
    ] as const)
      for (const before of [[placed, effusion], [denied], []])
        expect(
          codeOf(() => checkFindings(findingsFor(label, before), label, 0)),
        ).toBe("accepted");
  });
});

describe("the column of findings", () => {
  it("reads what is stored, and what older versions left empty", () => {
    expect(readFindings([])).toEqual([]);
    expect(readFindings([{ code: "edema", presence: "PRESENT" }])).toEqual([
      finding("edema"),
    ]);
  });
});
