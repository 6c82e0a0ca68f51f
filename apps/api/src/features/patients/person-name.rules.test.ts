import { describe, expect, it } from "vitest";
import { displayName, parseName } from "./person-name.rules.ts";

const parts = (family: string, given = "", middle = "") => ({
  alphabetic: { family, given, middle, prefix: "", suffix: "" },
});

describe("displayName", () => {
  it.each([
    [parts("DOE", "JANE", "Q"), "DOE, JANE Q"],
    [parts("TRẦN", "THỊ BƯỞI"), "TRẦN THỊ BƯỞI"],
    [parts("Nguyễn", "An", "Văn"), "Nguyễn Văn An"],
    [parts("NGUYEN", "VAN A"), "NGUYEN VAN A"],
    [parts("LE", "THI HOA"), "LE THI HOA"],
    [parts("LE", "Marie"), "LE, Marie"],
    [parts("Quill"), "Quill"],
    [{}, null],
  ])("writes %j as %s", (names, shown) => {
    expect(displayName(names)).toBe(shown);
  });

  it("falls back on the group that says something", () => {
    const { alphabetic } = parts("박", "서준");
    expect(displayName({ ideographic: alphabetic })).toBe("박, 서준");
  });
});

describe("parseName", () => {
  it.each([
    ["FAMILY,  Given Two", parts("FAMILY", "Given Two")],
    ["Trần Thị Bưởi", parts("Trần", "Thị Bưởi")],
    ["Anna Smith", parts("Anna Smith")],
    ["DOE^JANE^Q", parts("DOE", "JANE", "Q")],
    [" , ", {}],
  ])("takes %j apart", (text, names) => {
    expect(parseName(text)).toEqual(names);
  });

  it("keeps what a name was typed as", () => {
    for (const text of ["FAMILY, Given", "Nguyễn Văn An", "Anna Smith"]) {
      expect(displayName(parseName(text))).toBe(text);
    }
  });
});
