import { randomStream } from "@lung-iris/phantom";
import { describe, expect, it } from "vitest";
import { SHIPPED_BARS } from "../bars/shipped-bars.ts";
import { changesOn, isPassed, judge } from "./judge.rules.ts";
import type { FilmAnswer, JudgedFilm } from "./judged-film.ts";

/** An answer that is right and sure; `sick` says which. */
const sure = (isSick: boolean): FilmAnswer => ({
  probability: isSick ? 0.97 : 0.03,
  isTriaged: isSick,
  isPositive: isSick,
  pointed: isSick ? true : null,
  milliseconds: 300,
});

/** 120 reference films, half of them sick, a third children. */
function films(
  candidate: (film: { isSick: boolean; isChild: boolean }) => FilmAnswer = ({
    isSick,
  }) => sure(isSick),
): JudgedFilm[] {
  return Array.from({ length: 120 }, (_, index) => {
    const isSick = index % 2 === 0;
    const isChild = index % 3 === 0;
    return {
      set: "REFERENCE",
      patient: `p${String(index)}`,
      isSick,
      ageYears: isChild ? 6 : 60,
      sex: index % 4 < 2 ? "F" : "M",
      source: "phantom",
      regions: [],
      live: sure(isSick),
      candidate: candidate({ isSick, isChild }),
    };
  });
}
const blocking = (of: readonly JudgedFilm[]) =>
  judge(SHIPPED_BARS, of)
    .filter(({ blocks }) => blocks)
    .map(({ measure, dimension, group }) => [measure, dimension, group]);

describe("the bars", () => {
  it("let a candidate through that is as good as the live model", () => {
    const outcomes = judge(SHIPPED_BARS, films());
    expect(outcomes.filter(({ blocks }) => blocks)).toEqual([]);
    expect(isPassed(outcomes)).toBe(true);
  });

  it("stop one that learnt from turned labels", () => {
    const poisoned = films(({ isSick }) => sure(!isSick));
    expect(blocking(poisoned)).toContainEqual(["AUROC_LOSS", "all", "all"]);
    const lost = judge(SHIPPED_BARS, poisoned).find(
      ({ measure, dimension }) =>
        measure === "AUROC_LOSS" && dimension === "all",
    );
    expect(lost?.candidate?.value).toBe(1);
    expect(lost?.aurocs).toMatchObject({
      candidate: { value: 0 },
      live: { value: 1 },
    });
    expect(isPassed(judge(SHIPPED_BARS, poisoned))).toBe(false);
  });

  it("stop one with which only children lose", () => {
    const stopped = blocking(
      films(({ isSick, isChild }) => sure(isChild ? false : isSick)),
    );
    expect(stopped).toContainEqual(["TRIAGE_SENSITIVITY", "age", "child"]);
    expect(stopped.some(([, , group]) => group === "adult")).toBe(false);
  });

  it("stop one that refuses films, or is slow", () => {
    const refuses = films(({ isSick, isChild }) =>
      isChild ? { ...sure(isSick), probability: null } : sure(isSick),
    );
    expect(blocking(refuses)).toContainEqual(["REFUSALS", "all", "all"]);
    const slow = films(({ isSick }) => ({
      ...sure(isSick),
      milliseconds: 9_000,
    }));
    expect(blocking(slow)).toContainEqual(["MILLISECONDS", "all", "all"]);
  });

  it("hold an ECE to the limit without what chance makes of few films", () => {
    const random = randomStream(7, "ece");
    const evergreen = (turn: (z: number) => number): JudgedFilm[] =>
      Array.from({ length: 100 }, (_, index) => {
        const logit = random.between(-3, 3);
        const isSick = random.chance(1 / (1 + Math.exp(-logit)));
        const answer = {
          ...sure(isSick),
          probability: 1 / (1 + Math.exp(-turn(logit))),
        };
        const patient = `e${String(index)}`;
        const [film] = films();
        if (film === undefined) throw new Error("no film");
        const set = "EVERGREEN" as const;
        return {
          ...film,
          set,
          patient,
          isSick,
          live: answer,
          candidate: answer,
        };
      });
    const eceOf = (of: readonly JudgedFilm[]) =>
      judge(SHIPPED_BARS, of).find(
        ({ set, measure, dimension }) =>
          set === "EVERGREEN" && measure === "ECE" && dimension === "all",
      );
    // Every probability is right, and still the plain figure passes the limit.
    const right = eceOf(evergreen((logit) => logit));
    expect(right?.candidate?.value).toBeGreaterThan(right?.limit ?? 1);
    expect(right).toMatchObject({ outcome: "MET", blocks: false });
    expect(right?.byChance).toBeCloseTo(0.09, 1);
    const wrong = eceOf(evergreen((logit) => logit + 1.5));
    expect(wrong).toMatchObject({ outcome: "MISSED", blocks: true });
  });

  it("are not met by too few films: reference blocks, evergreen is shown", () => {
    const few = films().slice(0, 10);
    expect(isPassed(judge(SHIPPED_BARS, few))).toBe(false);
    const evergreen = few.map((film) => ({
      ...film,
      set: "EVERGREEN" as const,
    }));
    const shown = judge(SHIPPED_BARS, evergreen).filter(
      ({ set }) => set === "EVERGREEN",
    );
    expect(shown.length).toBeGreaterThan(0);
    for (const { outcome, blocks } of shown)
      expect([outcome, blocks]).toEqual(["NOT_MEASURED", false]);
  });

  it("stand beside what would change", () => {
    const more = films(() => sure(true));
    expect(changesOn("REFERENCE", more)).toMatchObject({
      films: 120,
      bothPositive: 60,
      onlyCandidate: 60,
      onlyLive: 0,
    });
  });
});
