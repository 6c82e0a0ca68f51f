import { describe, expect, it } from "vitest";
import { matchesEtag, parseRange } from "./send-object.ts";

describe("parseRange", () => {
  it("reads first and last byte, both inclusive", () => {
    expect(parseRange("bytes=0-0", 10)).toEqual({ start: 0, end: 0 });
    expect(parseRange("bytes=4-", 10)).toEqual({ start: 4, end: 9 });
    expect(parseRange("bytes=-3", 10)).toEqual({ start: 7, end: 9 });
  });

  it("cuts a range at the end of the object", () => {
    expect(parseRange("bytes=8-99", 10)).toEqual({ start: 8, end: 9 });
    expect(parseRange("bytes=-99", 10)).toEqual({ start: 0, end: 9 });
  });

  it("cannot satisfy a range past the end", () => {
    expect(parseRange("bytes=10-", 10)).toBe("unsatisfiable");
    expect(parseRange("bytes=-0", 10)).toBe("unsatisfiable");
    expect(parseRange("bytes=0-", 0)).toBe("unsatisfiable");
  });

  it("answers whole what it does not read as one range", () => {
    for (const header of [undefined, "", "bytes=-", "bytes=5-2", "rows=1-2"]) {
      expect(parseRange(header, 10)).toBeNull();
    }
    expect(parseRange("bytes=0-1,4-5", 10)).toBeNull();
  });
});

describe("matchesEtag", () => {
  it("finds the tag among several, weak or not, and takes a star", () => {
    expect(matchesEtag('"x", W/"abc"', "abc")).toBe(true);
    expect(matchesEtag("*", "abc")).toBe(true);
    expect(matchesEtag('"abcd"', "abc")).toBe(false);
    expect(matchesEtag(undefined, "abc")).toBe(false);
  });
});
