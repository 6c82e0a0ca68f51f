import { describe, expect, it } from "vitest";
import { askSearch, followSearch, startSearch } from "./search-text.ts";

describe("a search field", () => {
  it("keeps what was typed while its own question was answered", () => {
    const asked = askSearch({ ...startSearch(""), typed: "an" }, "an");
    const answered = followSearch({ ...asked, typed: "anna" }, "an");
    expect(answered).toEqual({ typed: "anna", seen: "an", asked: [] });
  });

  it("keeps it when two questions are under way", () => {
    const asked = ["an", "anna"].reduce(askSearch, startSearch(""));
    const first = followSearch({ ...asked, typed: "anna" }, "an");
    expect(first.typed).toBe("anna");
    expect(followSearch(first, "anna").typed).toBe("anna");
  });

  it("follows what was cleared elsewhere", () => {
    expect(followSearch(startSearch("anna"), "")).toEqual(startSearch(""));
  });

  it("follows a return to what it once asked for", () => {
    const asked = askSearch(startSearch(""), "anna");
    const typed = { ...followSearch(asked, "anna"), typed: "annabel" };
    expect(followSearch(typed, "").typed).toBe("");
  });

  it("waits for no answer to what is looked for already", () => {
    expect(askSearch(startSearch("anna"), "anna").asked).toEqual([]);
  });
});
