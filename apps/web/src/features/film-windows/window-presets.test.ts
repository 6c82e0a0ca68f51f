import { describe, expect, it } from "vitest";
import { fromRelative, presetWindow, toRelative } from "./window-presets.ts";

const film = { window: { center: 2000, width: 3000 }, maxValue: 4095 };

describe("window presets", () => {
  it("differ from the film's own window by parts of its width", () => {
    // 0.15 and 0.7 of 3000
    expect(presetWindow("lungs", film)).toEqual({ center: 1550, width: 2100 });
    expect(presetWindow("mediastinum", film)).toEqual({
      center: 2600,
      width: 1800,
    });
    expect(presetWindow("soft", film)).toEqual({ center: 2000, width: 4500 });
  });

  it("show every value where all is asked for", () => {
    // 0 to 4095 is 4096 values, in the middle of 0 and 4096
    expect(presetWindow("all", film)).toEqual({ center: 2048, width: 4096 });
  });

  it("are found again on a film of other values", () => {
    const other = { center: 400, width: 500 };
    const kept = toRelative({ center: 1700, width: 1500 }, film.window);
    expect(kept).toEqual({ shift: -0.1, width: 0.5 });
    expect(fromRelative(kept, other)).toEqual({ center: 350, width: 250 });
  });
});
