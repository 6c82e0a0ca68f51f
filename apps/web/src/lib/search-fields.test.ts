import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

const SOURCES = path.join(import.meta.dirname, "..");

/** A field, or a part of a page with one, whose key is what is typed in it. */
const KEYED =
  /<(?:[A-Z]\w*(?:Input|Search|Textarea|Autocomplete|FilterBar)|Textarea|Autocomplete)\b[^>]*?\bkey=\{(?:search|query|text|typed|q|filters\.\w+)\}/u;

describe("a field that searches", () => {
  it("is known when it would be made anew", () => {
    expect("<TextInput\n  key={search}\n  ref={field}").toMatch(KEYED);
    expect("<TextInput key={row.id} />").not.toMatch(KEYED);
  });

  it("keeps its element while it is typed in, and with it the focus", () => {
    const files = readdirSync(SOURCES, { recursive: true, encoding: "utf8" });
    const pages = files.filter(
      (file) => file.endsWith(".tsx") && !file.endsWith(".test.tsx"),
    );
    expect(pages.length).toBeGreaterThan(100);
    const keyed = pages.filter((file) =>
      KEYED.test(readFileSync(path.join(SOURCES, file), "utf8")),
    );
    expect(keyed).toEqual([]);
  });
});
