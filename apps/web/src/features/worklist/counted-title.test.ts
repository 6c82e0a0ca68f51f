import { describe, expect, it } from "vitest";
import { titleWithCount } from "./counted-title.ts";

describe("the tab's title", () => {
  it("begins with the count, once", () => {
    const first = titleWithCount("Worklist · Lung Iris", "12");
    expect(first).toBe("(12) Worklist · Lung Iris");
    expect(titleWithCount(first, "1,000+")).toBe(
      "(1,000+) Worklist · Lung Iris",
    );
    expect(titleWithCount("(1.000+) Danh sách", "3")).toBe("(3) Danh sách");
  });

  it("is the page's own without a count", () => {
    expect(titleWithCount("(12) Worklist", null)).toBe("Worklist");
    expect(titleWithCount("Case (old)", null)).toBe("Case (old)");
  });
});
