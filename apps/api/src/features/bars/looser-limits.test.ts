import { describe, expect, it } from "vitest";
import type { Bar, BarsDocument } from "./bars-document.ts";
import { looserLimits } from "./looser-limits.ts";
import { SHIPPED_BARS } from "./shipped-bars.ts";

const changed = (
  measure: Bar["measure"],
  more: Partial<Bar>,
  set: Bar["set"] = "EVERGREEN",
): BarsDocument => ({
  ...SHIPPED_BARS,
  bars: SHIPPED_BARS.bars.map((bar) =>
    bar.set === set && bar.measure === measure ? { ...bar, ...more } : bar,
  ),
});
const against = (now: BarsDocument) => looserLimits(SHIPPED_BARS, now);

describe("limits that got looser", () => {
  it("are none where nothing or only the stricter way was changed", () => {
    expect(against(SHIPPED_BARS)).toEqual([]);
    expect(against(changed("ECE", { limit: 0.05 }))).toEqual([]);
    expect(against(changed("TRIAGE_SENSITIVITY", { limit: 0.95 }))).toEqual([]);
    const smaller = { leastFilms: 50, leastOfAKind: 5, mustBeMeasured: true };
    expect(against(changed("ECE", smaller))).toEqual([]);
  });

  it("are those whose most rose or whose least fell", () => {
    const set = "EVERGREEN";
    expect(against(changed("ECE", { limit: 0.2 }))).toEqual([
      { what: "limit", set, measure: "ECE" },
    ]);
    expect(against(changed("POINTING", { limit: 0.1 }))).toEqual([
      { what: "limit", set, measure: "POINTING" },
    ]);
  });

  it("are groups that count as too small, and what may go unmeasured", () => {
    const set = "REFERENCE";
    const more = { leastFilms: 21, leastOfAKind: 9, mustBeMeasured: false };
    expect(
      against(changed("AUROC_LOSS", more, set)).map(({ what }) => what),
    ).toEqual(["leastFilms", "leastOfAKind", "mustBeMeasured"]);
  });

  it("are bars that are gone, and other reference films", () => {
    const bars = SHIPPED_BARS.bars.filter(
      ({ set, measure }) => set === "REFERENCE" || measure !== "ECE",
    );
    expect(against({ ...SHIPPED_BARS, bars })).toEqual([
      { what: "removed", set: "EVERGREEN", measure: "ECE" },
    ]);
    for (const phantoms of [
      { ...SHIPPED_BARS.phantoms, films: 20 },
      { ...SHIPPED_BARS.phantoms, seed: 1 },
    ])
      expect(against({ ...SHIPPED_BARS, phantoms })).toEqual([
        { what: "phantoms", set: "REFERENCE", measure: null },
      ]);
  });

  it("stay looser where another got stricter", () => {
    const now = changed("ECE", { limit: 0.2 });
    now.bars = now.bars.map((bar) =>
      bar.measure === "REFUSALS" ? { ...bar, limit: 0 } : bar,
    );
    expect(against(now)).toHaveLength(1);
  });
});
