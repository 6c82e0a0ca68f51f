import { describe, expect, it } from "vitest";
import {
  GRADE_SETS,
  againstAi,
  findingAgreements,
  groupAgreement,
  pairAgreements,
  poolSets,
  setAgreements,
} from "./agreement.rules.ts";
import type { ReadTwice } from "./agreement.store.ts";

let patient = 0;

function twice(
  firstLabel: ReadTwice["firstLabel"],
  secondLabel: ReadTwice["secondLabel"],
  more: Partial<ReadTwice> = {},
): ReadTwice {
  patient += 1;
  return {
    patientId: String(patient),
    firstReaderId: "a",
    firstReader: "Dr A",
    firstLabel,
    firstFindings: [],
    firstGrade: "SENIOR",
    secondReaderId: "b",
    secondReader: "Dr B",
    secondLabel,
    secondFindings: [],
    secondGrade: "SENIOR",
    isDrawn: false,
    ...more,
  };
}

const many = (count: number, make: () => ReadTwice): ReadTwice[] =>
  Array.from({ length: count }, make);

/** 20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no: Cohen's kappa 0.4 by hand. */
const table = (): ReadTwice[] => [
  ...many(20, () => twice("PNEUMONIA", "PNEUMONIA")),
  ...many(5, () => twice("PNEUMONIA", "NORMAL")),
  ...many(10, () => twice("NORMAL", "PNEUMONIA")),
  ...many(15, () => twice("NORMAL", "NORMAL")),
];

const swap = (one: ReadTwice): ReadTwice => ({
  ...one,
  firstReaderId: "b",
  firstReader: "Dr B",
  firstLabel: one.secondLabel,
  secondReaderId: "a",
  secondReader: "Dr A",
  secondLabel: one.firstLabel,
});

describe("the agreement of readers", () => {
  it("is what a hand computes, whoever of the two was first", () => {
    const cases = table().map((one, at) => (at % 2 === 0 ? one : swap(one)));
    const [pair, ...others] = [...pairAgreements(cases)];
    expect(others).toEqual([]);
    expect(pair).toMatchObject({ one: "Dr A", other: "Dr B", cases: 50 });
    expect(pair?.kappa?.value).toBeCloseTo(0.4, 12);
    expect(pair?.share?.value).toBe(0.7);
    expect(pair?.kappa?.low).toBeLessThan(0.4);
    expect(pair?.kappa?.high).toBeGreaterThan(0.4);
  });

  it("of a group is Fleiss' kappa over all pairs of readings", () => {
    // Observed 0.7; 55 of 100 answers pneumonia: 0.55² + 0.45² = 0.505.
    const { kappa, share } = groupAgreement(table());
    expect(kappa?.value).toBeCloseTo((0.7 - 0.505) / 0.495, 12);
    expect(share?.value).toBe(0.7);
  });

  it("of pools rests on cases that two of one pool read", () => {
    const withC = many(30, () =>
      twice("NORMAL", "PNEUMONIA", {
        secondReaderId: "c",
        secondReader: "Dr C",
      }),
    );
    const pools = [
      { id: "p", name: "Days", memberIds: ["a", "b", "d"] },
      { id: "q", name: "Nights", memberIds: ["a", "b", "c"] },
      { id: "r", name: "Nobody", memberIds: ["c", "d"] },
    ];
    const [days, nights, nobody, ...others] = [
      ...setAgreements([...table(), ...withC], poolSets(pools)),
    ];
    expect(others).toEqual([]);
    expect(days).toMatchObject({ key: "p", name: "Days", readers: 2 });
    // As of all above: the same 50 cases.
    expect(days?.cases).toBe(50);
    expect(days?.kappa?.value).toBeCloseTo((0.7 - 0.505) / 0.495, 12);
    expect(nights).toMatchObject({ readers: 3, cases: 80 });
    expect(nights?.share?.value).toBeCloseTo(35 / 80, 12);
    expect(nobody).toMatchObject({
      readers: 0,
      cases: 0,
      share: null,
      kappa: null,
      isTooFew: true,
    });
  });

  it("of grades rests on those that were signed with, whoever was first", () => {
    const junior = "JUNIOR" as const;
    const cases = [
      ...table(),
      ...many(3, () => twice("NORMAL", "NORMAL", { firstGrade: junior })),
      ...many(2, () => twice("NORMAL", "OTHER", { secondGrade: junior })),
      twice("NORMAL", "NORMAL", { firstGrade: junior, secondGrade: junior }),
    ];
    expect([...setAgreements(cases, GRADE_SETS)]).toMatchObject([
      { key: "JUNIORS", name: null, cases: 1, share: { value: 1 } },
      { key: "JUNIOR_AND_SENIOR", cases: 5, share: { value: 3 / 5 } },
      { key: "SENIORS", cases: 50, share: { value: 0.7 } },
    ]);
  });

  it("is not given for a handful of cases, but their number is", () => {
    const few = many(19, () => twice("NORMAL", "PNEUMONIA"));
    expect(groupAgreement(few)).toMatchObject({
      cases: 19,
      kappa: null,
      isTooFew: true,
    });
    expect([...pairAgreements(few)][0]).toMatchObject({ kappa: null });
    expect(groupAgreement([])).toMatchObject({ cases: 0, share: null });
  });

  it("is not defined where all gave one answer", () => {
    const same = many(30, () => twice("NORMAL", "NORMAL"));
    expect(groupAgreement(same)).toMatchObject({
      kappa: null,
      isTooFew: false,
      share: { value: 1 },
    });
  });

  it("is told finding by finding, and not of one that is hardly ever called", () => {
    const found = (presence: string) => [{ code: "effusion", presence }];
    const rare = [{ code: "hernia", presence: "PRESENT" }];
    const cases = [
      ...many(10, () =>
        twice("OTHER", "OTHER", {
          firstFindings: found("PRESENT"),
          secondFindings: found("PRESENT"),
        }),
      ),
      ...many(10, () =>
        twice("OTHER", "OTHER", {
          firstFindings: found("PRESENT"),
          secondFindings: found("UNCERTAIN"),
        }),
      ),
      ...many(20, () => twice("NORMAL", "NORMAL")),
      twice("OTHER", "OTHER", { firstFindings: rare, secondFindings: rare }),
    ];
    const [effusion, hernia, ...others] = [...findingAgreements(cases)];
    expect(others).toEqual([]);
    expect(effusion).toMatchObject({
      code: "effusion",
      calls: 20,
      isTooFew: false,
    });
    // 31 of 41 the same; by chance (20·10 + 21·31) / 41².
    const chance = (20 * 10 + 21 * 31) / 41 ** 2;
    expect(effusion?.kappa?.value).toBeCloseTo(
      (31 / 41 - chance) / (1 - chance),
      12,
    );
    expect(hernia).toMatchObject({
      code: "hernia",
      calls: 1,
      kappa: null,
      isTooFew: true,
    });
  });

  it("with the AI is told reader by reader, of its one question", () => {
    const opinion = (label: "NORMAL" | "PNEUMONIA" | "OTHER", sure: number) => {
      patient += 1;
      return {
        patientId: String(patient),
        readerId: "a",
        reader: "Dr A",
        opinion: label,
        probability: sure,
        threshold: 0.5,
      };
    };
    const [own] = [
      ...againstAi([
        ...Array.from({ length: 10 }, () => opinion("PNEUMONIA", 0.9)),
        ...Array.from({ length: 10 }, () => opinion("OTHER", 0.1)),
        ...Array.from({ length: 5 }, () => opinion("NORMAL", 0.9)),
      ]),
    ];
    expect(own).toMatchObject({ reader: "Dr A", cases: 25, isTooFew: false });
    expect(own?.share?.value).toBe(0.8);
  });
});
