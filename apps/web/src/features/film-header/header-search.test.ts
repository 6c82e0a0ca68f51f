import { describe, expect, it } from "vitest";
import { elementsLike, keywordWords } from "./header-search.ts";

const elements = [
  { tag: "(0010,0010)", keyword: "PatientName", value: "NGUYỄN^Văn Đức" },
  { tag: "(0018,0060)", keyword: "KVP", value: "125" },
  { tag: "(0009,1001)", keyword: null, value: null },
];
const found = (text: string) =>
  elementsLike(elements, text).map(({ tag }) => tag);

describe("a search of a header", () => {
  it.each(["patient name", "PatientName", "nguyen", "duc", "0010,0010"])(
    "finds the patient's name by %s",
    (text) => {
      expect(found(text)).toEqual(["(0010,0010)"]);
    },
  );

  it("finds elements by the beginning of their number", () => {
    expect(found("(0018")).toEqual(["(0018,0060)"]);
    expect(found("00091001")).toEqual(["(0009,1001)"]);
  });

  it("has all of them without a text, and none for one that is nowhere", () => {
    expect(found("  ")).toHaveLength(3);
    expect(found("bucky")).toEqual([]);
  });
});

describe("a keyword in words", () => {
  it.each([
    ["PatientBirthDate", "Patient Birth Date"],
    ["SOPClassUID", "SOP Class UID"],
    ["KVP", "KVP"],
  ])("%s", (keyword, words) => {
    expect(keywordWords(keyword)).toBe(words);
  });
});
