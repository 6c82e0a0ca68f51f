import { describe, expect, it } from "vitest";
import { savedFigures, shownFigures } from "./adherence-rows.ts";

const row = {
  procedureId: "p-1",
  doneInTime: 5,
  doneLate: 1,
  open: 4,
  overdue: 2,
  due: 8,
  inTimeShare: 0.625,
};

describe("the figures of a procedure on the board", () => {
  it("say the share of steps done in time, and of how many", () => {
    expect(shownFigures(row, "en")).toEqual(["63%", 8, 5, 1, 4, 2]);
  });

  it("go into a spreadsheet as numbers", () => {
    expect(savedFigures(row)).toEqual([62.5, 8, 5, 1, 4, 2]);
  });

  it("say no share where no step was due", () => {
    const none = { ...row, doneInTime: 0, doneLate: 0, overdue: 0, due: 0 };
    const open = { ...none, inTimeShare: null };
    expect(shownFigures(open, "vi")[0]).toBeNull();
    expect(savedFigures(open)[0]).toBeNull();
  });
});
