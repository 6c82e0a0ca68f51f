import { describe, expect, it } from "vitest";
import { createPresence } from "./presence.ts";

describe("somebody before the page", () => {
  it("is back with the first movement after a while, not with each", () => {
    const presence = createPresence(0);
    expect(presence.moved(5_000)).toBe(false);
    expect(presence.moved(24_000)).toBe(false);
    expect(presence.moved(44_000)).toBe(true);
    expect(presence.moved(44_100)).toBe(false);
  });

  it("is back when the window is, but not for each of its events", () => {
    const presence = createPresence(0);
    expect(presence.shown(1_000)).toBe(false);
    expect(presence.shown(3_000)).toBe(true);
    expect(presence.shown(3_010)).toBe(false);
    // The movement right after it is no second return.
    expect(presence.moved(3_500)).toBe(false);
  });
});
