import { describe, expect, it } from "vitest";
import { ceilingOf, policyDocument, rankOf } from "./policy-document.ts";
import { SHIPPED_POLICY } from "./shipped-policy.ts";

const shipped = SHIPPED_POLICY;

/** The paths that the document is refused for. */
function refusedFor(document: unknown): string[] {
  const parsed = policyDocument.safeParse(document);
  return (parsed.error?.issues ?? []).map(({ path }) => path.join("."));
}

describe("a policy", () => {
  it("is fine as shipped", () => {
    expect(refusedFor(shipped)).toEqual([]);
  });

  it.each([
    ["urgency.strong", { urgency: { ...shipped.urgency, strong: "ROUTINE" } }],
    [
      "urgency.positive",
      {
        urgency: {
          ...shipped.urgency,
          strong: "ROUTINE",
          positive: "ROUTINE",
          negative: "SOON",
        },
      },
    ],
    [
      "urgency.negativeAtMost",
      {
        urgency: {
          ...shipped.urgency,
          positive: "SOON",
          negative: "SOON",
          negativeAtMost: "ROUTINE",
        },
      },
    ],
    [
      "urgency.oldFromYears",
      { urgency: { ...shipped.urgency, infantBelowYears: 70 } },
    ],
    ["ceilings.soon", { ceilings: { ...shipped.ceilings, soon: 60 } }],
    ["ceilings.critical", { ceilings: { ...shipped.ceilings, critical: 4 } }],
    [
      "reading.controlShare",
      { reading: { ...shipped.reading, controlShare: 21 } },
    ],
    ["reading.mode", { reading: { ...shipped.reading, mode: "half" } }],
    [
      "urgency.flags",
      {
        urgency: {
          ...shipped.urgency,
          flags: [...shipped.urgency.flags, { flag: "fever", effect: "none" }],
        },
      },
    ],
    [
      "thresholds",
      {
        thresholds: [0.4, 0.5].map((threshold) => ({
          model: "m",
          finding: "pneumonia",
          ageGroup: "adult",
          threshold,
        })),
      },
    ],
    [
      "thresholds.0.threshold",
      {
        thresholds: [
          { model: "m", finding: "pneumonia", ageGroup: "adult", threshold: 1 },
        ],
      },
    ],
  ])("is refused where %s cannot be", (path, change) => {
    expect(refusedFor({ ...shipped, ...change })).toContain(path);
  });

  it("knows no field that is not its own", () => {
    expect(refusedFor({ ...shipped, surprise: 1 })).toHaveLength(1);
  });

  it("has a ceiling for each class", () => {
    const document = {
      ...shipped,
      ceilings: { critical: 10, urgent: 20, soon: 30, routine: 40 },
    };
    expect(ceilingOf(document, "CRITICAL")).toBe(10);
    expect(ceilingOf(document, "ROUTINE")).toBe(40);
    expect(rankOf("CRITICAL")).toBe(0);
  });
});
