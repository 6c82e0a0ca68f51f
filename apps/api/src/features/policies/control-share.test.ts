import { describe, expect, it } from "vitest";
import { isControl } from "./case-entry.ts";

const STUDIES = Array.from({ length: 20_000 }, (_, n) => `study-${String(n)}`);
const share = (secret: string, percent: number): number =>
  STUDIES.filter((id) => isControl(secret, id, percent)).length /
  STUDIES.length;

describe("the control share", () => {
  it("takes nobody at 0 percent", () => {
    expect(share("secret", 0)).toBe(0);
  });

  it.each([1, 5, 20])("takes %i percent", (percent) => {
    // Four standard errors of a share of 20,000.
    const error = Math.sqrt((0.2 * 0.8) / STUDIES.length) * 4;
    expect(Math.abs(share("secret", percent) - percent / 100)).toBeLessThan(
      error,
    );
  });

  it("answers the same of a study each time, and keeps it when the share grows", () => {
    for (const id of STUDIES.slice(0, 500)) {
      expect(isControl("secret", id, 5)).toBe(isControl("secret", id, 5));
      if (isControl("secret", id, 5))
        expect(isControl("secret", id, 10)).toBe(true);
    }
  });

  it("is another one with another secret", () => {
    const both = STUDIES.filter(
      (id) => isControl("one", id, 20) && isControl("two", id, 20),
    ).length;
    // Independent: 4 percent are in both.
    expect(both / STUDIES.length).toBeGreaterThan(0.03);
    expect(both / STUDIES.length).toBeLessThan(0.05);
  });
});
