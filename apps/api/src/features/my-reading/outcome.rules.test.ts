import { describe, expect, it } from "vitest";
import { effectOf, outcomesOf, type SettledReading } from "./outcome.rules.ts";

const reading = (over: Partial<SettledReading> = {}): SettledReading => ({
  blindOpinion: "NORMAL",
  aiPositive: true,
  label: "PNEUMONIA",
  settledLabel: "PNEUMONIA",
  settledBy: "ADJUDICATED",
  ...over,
});

describe("what the AI did to a reading", () => {
  it("is told by opinion, signature and what others came to", () => {
    expect(effectOf(reading())).toBe("HELPED");
    expect(effectOf(reading({ settledLabel: "NORMAL" }))).toBe("MISLED");
    expect(effectOf(reading({ label: "NORMAL", settledLabel: "NORMAL" }))).toBe(
      "KEPT_RIGHT",
    );
    expect(effectOf(reading({ label: "OTHER" }))).toBe("KEPT_WRONG");
  });

  it("is told of an AI that calls nothing as well", () => {
    const quiet = { blindOpinion: "PNEUMONIA", aiPositive: false } as const;
    expect(
      effectOf(reading({ ...quiet, label: "NORMAL", settledLabel: "OTHER" })),
    ).toBe("HELPED");
    expect(
      effectOf(
        reading({ ...quiet, label: "NORMAL", settledLabel: "PNEUMONIA" }),
      ),
    ).toBe("MISLED");
  });

  it("is nothing where both said the same, whoever was right", () => {
    expect(effectOf(reading({ blindOpinion: "PNEUMONIA" }))).toBe("NONE");
    expect(
      effectOf(reading({ blindOpinion: "PNEUMONIA", settledLabel: "NORMAL" })),
    ).toBe("NONE");
  });

  it("is nothing where a film that answers nothing is one of the answers", () => {
    const nothing = "NOT_DIAGNOSTIC" as const;
    for (const over of [
      { blindOpinion: nothing },
      { label: nothing },
      { settledLabel: nothing },
    ])
      expect(effectOf(reading(over))).toBe("NONE");
  });

  it("is counted by the answers, what mattered first", () => {
    const same = reading({ blindOpinion: "PNEUMONIA" });
    expect(
      outcomesOf([
        same,
        same,
        same,
        reading(),
        reading({ settledLabel: "NORMAL" }),
        reading({ settledLabel: "NORMAL" }),
        reading({ settledBy: "TWO_AGREE" }),
      ]),
    ).toEqual([
      { ...reading({ settledLabel: "NORMAL" }), cases: 2, effect: "MISLED" },
      { ...reading(), cases: 1, effect: "HELPED" },
      { ...reading({ settledBy: "TWO_AGREE" }), cases: 1, effect: "HELPED" },
      { ...same, cases: 3, effect: "NONE" },
    ]);
    expect(outcomesOf([])).toEqual([]);
  });
});
