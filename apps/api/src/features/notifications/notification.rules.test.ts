import { describe, expect, it } from "vitest";
import {
  NOTE_KINDS,
  isUrgentNote,
  pauseAfter,
  quietUntil,
  shippedWays,
} from "./notification.rules.ts";

const NIGHT = { fromMinute: 22 * 60, toMinute: 6 * 60 };
const ZONE = "Asia/Ho_Chi_Minh"; // seven hours before UTC, all year

describe("quiet hours", () => {
  it("end by the clock of the site, over midnight too", () => {
    const evening = new Date("2026-11-29T15:30:20Z"); // 22:30
    const end = new Date("2026-11-29T23:00:00Z"); // 06:00
    expect(quietUntil(evening, NIGHT, ZONE)).toEqual(end);
    const early = new Date("2026-11-29T22:59:59Z"); // 05:59
    expect(quietUntil(early, NIGHT, ZONE)).toEqual(end);
    expect(quietUntil(end, NIGHT, ZONE)).toBeNull();
    expect(quietUntil(evening, NIGHT, "UTC")).toBeNull();
    expect(quietUntil(evening, null, ZONE)).toBeNull();
  });

  it("lie within a day where they end later than they begin", () => {
    const noon = { fromMinute: 12 * 60, toMinute: 13 * 60 };
    const at = (time: string) => new Date(`2026-11-29T${time}Z`);
    expect(quietUntil(at("12:15:00"), noon, "UTC")).toEqual(at("13:00:00"));
    expect(quietUntil(at("13:00:00"), noon, "UTC")).toBeNull();
  });

  it("let through critical results, and critical cases that are to be read now", () => {
    expect(isUrgentNote("CRITICAL", "ROUTINE")).toBe(true);
    expect(isUrgentNote("ESCALATED", "CRITICAL")).toBe(true);
    expect(isUrgentNote("ESCALATED", "URGENT")).toBe(false);
    for (const kind of [
      "ASSIGNED",
      "MENTIONED",
      "TAKEN_OVER",
      "PROCEDURE",
      "RETAKE_ASKED",
      "RETAKE_DONE",
      "ALARM",
    ] as const)
      expect(isUrgentNote(kind, "CRITICAL")).toBe(false);
  });
});

describe("deliveries", () => {
  it("go out of critical results alone where nobody has chosen", () => {
    const chosen = NOTE_KINDS.filter((kind) => shippedWays(kind).length > 0);
    expect(chosen).toEqual(["CRITICAL"]);
  });

  it("are tried again less and less often, and given up after half a day", () => {
    const pauses = [1, 2, 3, 4, 5, 6, 7, 8].map((n) => pauseAfter(n, false));
    expect(pauses).toEqual([30, 60, 300, 900, 3600, 14400, 28800, null]);
    expect(pauseAfter(1, true)).toBeNull();
  });
});
