import { afterEach, describe, expect, it } from "vitest";
import { noteServerDate, serverTime } from "./server-clock.ts";

const NOON = Date.parse("2026-11-29T12:00:00Z");
const HEADER = new Date(NOON).toUTCString();

afterEach(() => noteServerDate(HEADER, NOON + 500));

describe("the server's clock", () => {
  it("is this computer's until the server has said its own", () => {
    expect(serverTime(NOON)).toBe(NOON);
  });

  it("is followed where this computer's is off, to the second", () => {
    const off = 20 * 60_000;
    noteServerDate(HEADER, NOON + off);
    expect(Math.abs(serverTime(NOON + off) - NOON)).toBeLessThanOrEqual(500);
    noteServerDate(HEADER, NOON - off);
    expect(Math.abs(serverTime(NOON - off) - NOON)).toBeLessThanOrEqual(500);
  });

  it("keeps what it knows when an answer has no date, or a broken one", () => {
    noteServerDate(HEADER, NOON + 60_000);
    const before = serverTime(NOON);
    noteServerDate(null, NOON);
    noteServerDate("yesterday", NOON);
    expect(serverTime(NOON)).toBe(before);
  });
});
