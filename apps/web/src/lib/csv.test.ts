import { describe, expect, it } from "vitest";
import { csvOf } from "./csv.ts";

describe("a table for spreadsheets", () => {
  it("writes a table that no spreadsheet runs as a formula", () => {
    const text = csvOf([
      ["Reader", "Signed"],
      ['=HYPERLINK("x")', 3],
      ["Lê, Minh", null],
    ]);
    expect(text).toBe(
      `\uFEFFReader,Signed\r\n"'=HYPERLINK(""x"")",3\r\n"Lê, Minh",\r\n`,
    );
  });
});
