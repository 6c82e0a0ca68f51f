import { describe, expect, it } from "vitest";
import { UsageError, parseImportOptions } from "./import-options.ts";
import { progressText } from "./import-progress.ts";

describe("parseImportOptions", () => {
  it("takes paths and options in any order", () => {
    const args = [
      "--strict",
      "a",
      "--url",
      "http://desk",
      "b",
      "--at-once",
      "2",
    ];
    expect(parseImportOptions(args)).toMatchObject({
      paths: ["a", "b"],
      url: "http://desk",
      atOnce: 2,
      isStrict: true,
      isFresh: false,
    });
  });

  it.each([[[]], [["a", "--at-once", "0"]], [["a", "--nonsense"]]])(
    "refuses %j",
    (args) => {
      expect(() => parseImportOptions(args)).toThrow(UsageError);
    },
  );
});

describe("progressText", () => {
  const counts = {
    accepted: 4,
    duplicate: 1,
    refused: 1,
    unreadable: 0,
    skipped: 2,
    setAside: 0,
    withoutPatient: 4,
  };
  it("shows the share done once the total is known", () => {
    expect(progressText(counts, 3 * 1024 * 1024, 16)).toBe(
      `${"█".repeat(12)}${"░".repeat(12)} 8/16  4 new, 3 known, 1 refused, 3.0 MB`,
    );
  });
  it("shows no bar before", () => {
    expect(progressText(counts, 0, null)).toMatch(/^8 films {2}4 new/);
  });
});
