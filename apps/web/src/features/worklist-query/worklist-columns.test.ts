import { describe, expect, it } from "vitest";
import {
  COLUMNS,
  COLUMN_IDS,
  USUAL_COLUMNS,
  columnWidths,
  moveColumn,
  repairChoice,
  toggleColumn,
  visibleColumns,
} from "./worklist-columns.ts";

describe("the columns", () => {
  it("are the usual ones when nothing was remembered", () => {
    expect(repairChoice(undefined)).toEqual(USUAL_COLUMNS);
    expect(repairChoice({ order: "broken" })).toEqual(USUAL_COLUMNS);
  });

  it("keep a remembered order and take in what is new since, hidden", () => {
    const choice = repairChoice({ order: ["ai", "patient"], hidden: ["lost"] });
    expect(visibleColumns(choice)).toEqual(["ai", "patient"]);
    expect([...choice.order].sort()).toEqual([...COLUMN_IDS].sort());
  });

  it("always include the patient", () => {
    const choice = repairChoice({
      order: ["ai", "patient"],
      hidden: ["patient"],
    });
    expect(visibleColumns(choice)).toContain("patient");
    expect(toggleColumn(choice, "patient")).toBe(choice);
  });

  it("share the whole width, whichever are shown", () => {
    for (const columns of [COLUMN_IDS, ["patient", "ai"] as const]) {
      const widths = [...columnWidths(columns).values()];
      expect(widths.reduce((sum, width) => sum + width, 0)).toBeCloseTo(100);
    }
  });

  it("go two ways with two clicks, all but the urgency", () => {
    for (const id of COLUMN_IDS)
      expect(COLUMNS[id].sorts, id).toHaveLength(id === "urgency" ? 1 : 2);
  });

  it("can be shown, hidden and moved", () => {
    const shown = toggleColumn(USUAL_COLUMNS, "mrn");
    expect(visibleColumns(shown)).toContain("mrn");
    const moved = moveColumn(USUAL_COLUMNS, "patient", -1);
    expect(moved.order.slice(0, 2)).toEqual(["patient", "urgency"]);
    expect(moveColumn(moved, "patient", -1)).toBe(moved);
  });
});
