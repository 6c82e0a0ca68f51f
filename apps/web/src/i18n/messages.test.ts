import { describe, expect, it } from "vitest";
import { messages } from "./messages.ts";

/** Every leaf as "a.b.c" with its text. */
function leaves(value: unknown, path: string[] = []): Map<string, string> {
  if (typeof value === "string") return new Map([[path.join("."), value]]);
  const found = new Map<string, string>();
  if (typeof value === "object" && value !== null) {
    for (const [key, child] of Object.entries(value)) {
      for (const [name, text] of leaves(child, [...path, key])) {
        found.set(name, text);
      }
    }
  }
  return found;
}

/** Where a plural's or a choice's own words begin: they are no argument. */
const OPTION = /(?<=[,}]\s*)(zero|one|two|few|many|other|yes|=\d+)\s*\{/g;

/** Names of the arguments a message takes: {count}, {name, date} and the like. */
function placeholders(text: string): string[] {
  const names = [
    ...text.replace(OPTION, "(").matchAll(/\{\s*([a-zA-Z]\w*)\s*[,}]/g),
  ];
  return [...new Set(names.map((match) => match[1] ?? ""))].sort();
}

/** What of a message is no word of it: arguments and marks. */
const NO_WORDS = /\{[^{}]*\}|<[^<>]*>/g;

/** Names, units, statistics and codes that Vietnamese writes as English does. */
const SAME_IN_BOTH = new Set(
  `AI PDF SHA English Tiếng Việt Email email Webhook PA AP kg bit mm px CTR
  Inferno Viridis AUROC AUPRC Kappa Kermany RSNA NIH ChestX ray Hannover COVID
  CXNet Cohen Actualmed Figure`.split(/\s+/),
);

const english = leaves(messages.en);
const vietnamese = leaves(messages.vi);

describe("the two languages", () => {
  it("have the same keys", () => {
    expect([...vietnamese.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it("have no empty text", () => {
    for (const [key, text] of [...english, ...vietnamese]) {
      expect(text.trim(), key).not.toBe("");
    }
  });

  it("take the same arguments", () => {
    const differing = [...english].filter(
      ([key, text]) =>
        placeholders(text).join() !==
        placeholders(vietnamese.get(key) ?? "").join(),
    );
    expect(differing.map(([key]) => key)).toEqual([]);
  });

  it("say the same words only where these are names, units or codes", () => {
    const untranslated = [...english]
      .filter(([key, text]) => vietnamese.get(key) === text)
      .filter(([, text]) =>
        text
          .replace(NO_WORDS, " ")
          .match(/\p{L}{2,}/gu)
          ?.some((word) => !SAME_IN_BOTH.has(word)),
      );
    expect(untranslated).toEqual([]);
  });

  it("write hours with their minutes so that nobody reads a clock", () => {
    for (const text of [messages.en, messages.vi])
      expect(text.common.duration.hours).toMatch(/\{minutes\}\s\p{L}+$/u);
  });

  it("never shout", () => {
    const shouting = [...english, ...vietnamese].filter(([, text]) =>
      /!|oops/i.test(text),
    );
    expect(shouting).toEqual([]);
  });
});
