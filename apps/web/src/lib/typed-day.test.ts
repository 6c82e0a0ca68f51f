import { describe, expect, it } from "vitest";
import { readDay, readTime, writeDay } from "./typed-day.ts";

describe("a typed day", () => {
  it.each([
    ["23/11/2026", "2026-11-23"],
    [" 3.1.1960 ", "1960-01-03"],
    ["03-01-1960", "1960-01-03"],
    ["03011960", "1960-01-03"],
    ["2026-11-23", "2026-11-23"],
    ["29/2/2024", "2024-02-29"],
  ])("%s is read day first, or year first", (text, day) => {
    expect(readDay(text)).toBe(day);
  });

  it.each(["", "31/4/2026", "29/2/2026", "11/23/2026", "3/1/60", "1/1/0060"])(
    "%s is no day",
    (text) => {
      expect(readDay(text)).toBeNull();
    },
  );

  it("is written day first, whatever the browser's language", () => {
    expect(writeDay("2026-11-23")).toBe("23/11/2026");
    expect(writeDay("23/11")).toBe("23/11");
  });
});

describe("a typed time", () => {
  it.each([
    ["9:05", "09:05"],
    ["9h05", "09:05"],
    ["21.30", "21:30"],
    ["7", "07:00"],
    ["7h", "07:00"],
  ])("%s is read", (text, time) => {
    expect(readTime(text)).toBe(time);
  });

  it.each(["", "24:00", "9:75", "noon"])("%s is no time", (text) => {
    expect(readTime(text)).toBeNull();
  });
});
