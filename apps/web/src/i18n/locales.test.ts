import { describe, expect, it } from "vitest";
import { chooseLocale } from "./locales.ts";

describe("the language of a page", () => {
  it("is the one chosen before", () => {
    expect(chooseLocale("vi", "en-GB,en")).toBe("vi");
  });

  it("else is the browser's first that exists", () => {
    expect(chooseLocale(undefined, "fr-FR,fr;q=0.9,vi;q=0.8,en;q=0.7")).toBe(
      "vi",
    );
  });

  it("follows the browser's order of preference, not the order of writing", () => {
    expect(chooseLocale(undefined, "en;q=0.2, vi-VN;q=0.9")).toBe("vi");
  });

  it("else is English", () => {
    expect(chooseLocale("xx", null)).toBe("en");
  });
});
