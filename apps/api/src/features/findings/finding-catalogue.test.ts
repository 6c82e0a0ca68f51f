import { describe, expect, it } from "vitest";
import {
  FINDINGS,
  hasSides,
  hasZones,
  LEADING_FINDING,
  READING_FINDINGS,
  findFinding,
} from "./finding-catalogue.ts";

/** Product in the dihedral group of a pentagon (Verhoeff 1969). */
function dihedral(a: number, b: number): number {
  const turn = (n: number): number => ((n % 5) + 5) % 5;
  if (a < 5) return b < 5 ? turn(a + b) : 5 + turn(a + b);
  return b < 5 ? 5 + turn(a - b) : turn(a - b);
}

const PERMUTATION = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];

/** Whether the last digit of a SNOMED CT identifier checks the others. */
function hasCheckDigit(identifier: string): boolean {
  const digits = Array.from(identifier, Number).reverse();
  const sum = digits.reduce((product, digit, place) => {
    let moved = digit;
    for (let i = 0; i < place % 8; i += 1) moved = PERMUTATION[moved] ?? 0;
    return dihedral(product, moved);
  }, 0);
  return sum === 0;
}

describe("the catalogue of findings", () => {
  it("leads with pneumonia", () => {
    expect(LEADING_FINDING).toBe("pneumonia");
    expect(findFinding(LEADING_FINDING)?.concept.code).toBe("233604007");
  });

  it("has every finding once, with words in both languages", () => {
    const codes = new Set(READING_FINDINGS.map(({ code }) => code));
    expect(codes.size).toBe(READING_FINDINGS.length);
    for (const { names } of READING_FINDINGS) {
      expect(names.en).toMatch(/^[A-Z][a-z ]+$/);
      expect(names.vi.length).toBeGreaterThan(2);
    }
  });

  it("has no mistyped SNOMED CT identifier, and no concept twice", () => {
    const codes = READING_FINDINGS.map(({ concept }) => concept);
    for (const { system, code } of codes) {
      if (system === "SNOMED CT") expect(hasCheckDigit(code), code).toBe(true);
      else expect(code).toMatch(/^RID\d+$/);
    }
    expect(new Set(codes.map(({ code }) => code)).size).toBe(codes.length);
    expect(hasCheckDigit("233604008")).toBe(false);
  });

  it("asks no model about what only readers name", () => {
    expect(findFinding("fracture")).toBeNull();
    const own = READING_FINDINGS.slice(FINDINGS.length);
    expect(own.map(({ code }) => code)).toEqual([
      "lines-and-tubes",
      "fracture",
      "other",
    ]);
  });

  it("knows what has a side and a zone", () => {
    expect(hasSides("pneumonia") && hasZones("pneumonia")).toBe(true);
    expect(hasSides("cardiomegaly") || hasZones("cardiomegaly")).toBe(false);
    expect([hasSides("effusion"), hasZones("effusion")]).toEqual([true, false]);
  });
});
