import { describe, expect, it } from "vitest";
import {
  dayText,
  isOutside,
  measured,
  shareText,
  apartFrom,
} from "./monitoring-format.ts";

const point = { day: "2026-03-02", count: 3, value: 0.5, low: 0.4, high: 0.6 };

describe("figures of the monitoring page", () => {
  it("stand outside only where something is known to be normal", () => {
    expect(isOutside(point)).toBe(false);
    expect(isOutside({ ...point, value: 0.61 })).toBe(true);
    expect(isOutside({ ...point, value: 0.39 })).toBe(true);
    expect(isOutside({ ...point, value: null })).toBe(false);
    expect(isOutside({ ...point, value: 9, low: null, high: null })).toBe(
      false,
    );
  });

  it("never stand without their interval", () => {
    expect(shareText({ value: 0.833, low: 0.71, high: 0.91 }, "en")).toBe(
      "83% (71%–91%)",
    );
    expect(shareText(null, "en")).toBeNull();
  });

  it("differ from before where chance does not explain it", () => {
    const share = (low: number, high: number) => ({ value: low, low, high });
    expect(apartFrom(share(0.3, 0.4), share(0.1, 0.2))).toBe("more");
    expect(apartFrom(share(0.1, 0.2), share(0.3, 0.4))).toBe("fewer");
    expect(apartFrom(share(0.1, 0.3), share(0.2, 0.4))).toBe("same");
    expect(apartFrom(share(0.1, 0.3), null)).toBe("unknown");
  });

  it("are per cent or decimals, by what they measure", () => {
    expect(measured("AGREEMENT", 0.5, "en")).toBe("50%");
    expect(measured("GREY_MEAN", 0.5, "vi")).toBe("0,50");
  });

  it("name days of the calendar, whatever the zone of the browser", () => {
    expect(dayText("2026-03-02", "en")).toBe("2 Mar");
  });
});
