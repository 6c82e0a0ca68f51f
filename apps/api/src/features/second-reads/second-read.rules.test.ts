import { describe, expect, it } from "vitest";
import { NO_SECOND_READS } from "../policies/policy-document.ts";
import { contradictions, readingsAgree } from "../readings/agreement.rules.ts";
import { isFirstOnTop, reasonsForSecond } from "./second-read.rules.ts";
import type { FirstReading } from "./second-read.rules.ts";

const first: FirstReading = {
  caseId: "case-1",
  readerId: "junior",
  readerGrade: "JUNIOR",
  label: "OTHER",
  findings: [
    { code: "nodule-mass", presence: "PRESENT" },
    { code: "effusion", presence: "UNCERTAIN" },
    { code: "hernia", presence: "ABSENT" },
  ],
  ageYears: 70.9,
  ai: { positive: true },
};

const reasons = (
  rules: Partial<typeof NO_SECOND_READS>,
  of: Partial<FirstReading> = {},
) =>
  reasonsForSecond({ ...NO_SECOND_READS, ...rules }, { ...first, ...of }, "s");

describe("the rules of second reads", () => {
  it("ask for nothing as shipped", () => {
    expect(reasons({})).toEqual([]);
  });

  it("take everything that a named reader signs, and nobody else's", () => {
    expect(reasons({ readers: ["junior"] })).toEqual(["reader"]);
    expect(reasons({ readers: ["senior"] })).toEqual([]);
  });

  it("take everything that a junior signs, by the grade and not the name", () => {
    expect(reasons({ juniors: true })).toEqual(["grade"]);
    expect(reasons({ juniors: true }, { readerGrade: "SENIOR" })).toEqual([]);
    const both = { juniors: true, readers: ["junior"] };
    expect(reasons(both)).toEqual(["reader", "grade"]);
  });

  it("take what contradicts the AI, where there is something to contradict", () => {
    const rules = { onAiDisagreement: true };
    expect(reasons(rules)).toEqual(["ai"]);
    expect(reasons(rules, { label: "PNEUMONIA" })).toEqual([]);
    expect(reasons(rules, { ai: { positive: false } })).toEqual([]);
    expect(reasons(rules, { ai: null })).toEqual([]);
    expect(reasons(rules, { label: "NOT_DIAGNOSTIC" })).toEqual([]);
  });

  it("take findings that are there or may be, not those denied", () => {
    const findings = ["nodule-mass", "effusion", "hernia", "edema"];
    expect(reasons({ findings })).toEqual([
      "finding:nodule-mass",
      "finding:effusion",
    ]);
  });

  it.each([
    [{ ageFrom: 70, ageTo: null }, 70.9, true],
    [{ ageFrom: 71, ageTo: null }, 70.9, false],
    [{ ageFrom: null, ageTo: 70 }, 70.9, true],
    [{ ageFrom: null, ageTo: 1 }, 2, false],
    [{ ageFrom: 0, ageTo: 0 }, 0.5, true],
    [{ ageFrom: 0, ageTo: 120 }, null, false],
    [{ ageFrom: null, ageTo: null }, 40, false],
  ])("%o at %s years: %s", (rules, ageYears, isTaken) => {
    expect(reasons(rules, { ageYears })).toEqual(isTaken ? ["age"] : []);
  });

  it("take a share by chance that grows with the share and hangs on the key", () => {
    const of = (percent: number, secret: string) =>
      Array.from({ length: 10_000 }, (_, n) => `case-${String(n)}`).filter(
        (caseId) =>
          reasonsForSecond(
            { ...NO_SECOND_READS, randomShare: percent },
            { ...first, caseId },
            secret,
          ).length > 0,
      );
    const ten = of(10, "a");
    // Four standard errors of a share of 10,000.
    expect(Math.abs(ten.length / 10_000 - 0.1)).toBeLessThan(0.012);
    expect(of(20, "a")).toEqual(expect.arrayContaining(ten));
    expect(of(10, "b")).not.toEqual(ten);
    expect(of(0, "a")).toEqual([]);
    expect(of(100, "a")).toHaveLength(10_000);
  });
});

describe("two readings", () => {
  const said = (label: "NORMAL" | "OTHER", ...findings: object[]) => ({
    label,
    findings,
  });
  const nodule = (presence: string) => ({ code: "nodule-mass", presence });

  it("agree with the same label and no finding called opposite", () => {
    expect(readingsAgree(said("NORMAL"), said("NORMAL"))).toBe(true);
    expect(readingsAgree(said("NORMAL"), said("OTHER"))).toBe(false);
    const there = said("OTHER", nodule("PRESENT"));
    expect(readingsAgree(there, said("OTHER"))).toBe(true);
    expect(readingsAgree(there, said("OTHER", nodule("UNCERTAIN")))).toBe(true);
    const denied = said("OTHER", nodule("ABSENT"));
    expect(readingsAgree(there, denied)).toBe(false);
    expect(contradictions(denied, there)).toEqual(["nodule-mass"]);
  });

  it("are shown in an order that the case and the key decide", () => {
    const orders = Array.from({ length: 1_000 }, (_, n) =>
      isFirstOnTop("key", `case-${String(n)}`),
    );
    const onTop = orders.filter(Boolean).length;
    // Four standard errors of a fair coin thrown 1,000 times.
    expect(Math.abs(onTop - 500)).toBeLessThan(64);
    expect(isFirstOnTop("key", "case-7")).toBe(isFirstOnTop("key", "case-7"));
  });
});
