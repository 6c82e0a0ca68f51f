import { readFileSync } from "node:fs";
import path from "node:path";
import { GATE_REASONS } from "@lung-iris/inference";
import { describe, expect, it } from "vitest";
import { INPUT_PROBLEMS } from "../../apps/api/src/input-problems.ts";

/** What the API gives as a reason beside the gate's own. */
const OTHERS = ["error", "no-film"];

interface Words {
  notAssessed: Record<string, string>;
  notAssessedAction: Record<string, string>;
}

function messagesOf(locale: string, name: string): unknown {
  const file = path.join(
    import.meta.dirname,
    `../../apps/web/messages/${locale}/${name}.json`,
  );
  return JSON.parse(readFileSync(file, "utf8"));
}

describe("the words for a film that is not assessed", () => {
  it.each(["en", "vi"])("name every reason, and what to do (%s)", (locale) => {
    const { notAssessed, notAssessedAction } = messagesOf(
      locale,
      "findings",
    ) as Words;
    const unnamed = [...GATE_REASONS, ...OTHERS].filter(
      (code) => !notAssessed[code] || !notAssessedAction[code],
    );
    expect(unnamed).toEqual([]);
  });
});

describe("the words for what is wrong with an input", () => {
  it.each(["en", "vi"])("name every problem (%s)", (locale) => {
    const { inputs } = messagesOf(locale, "errors") as {
      inputs: Record<string, string>;
    };
    expect(Object.keys(inputs).sort()).toEqual([...INPUT_PROBLEMS].sort());
  });
});

/** Codes with which a judgement or a training run ends, as they are written. */
const ENDS = {
  "models.loop.why": [
    "card-without-intervals",
    "evergreen-film-in-training",
    "model-corrupt",
    "model-changed",
    "failed",
  ],
  "training.run.why": [
    "withdrawn-patients",
    "evergreen-film",
    "no-films",
    "changed",
    "memory",
    "failed",
  ],
};

describe("the words for why the work of a model failed", () => {
  it.each(["en", "vi"])("name every code (%s)", (locale) => {
    for (const [place, codes] of Object.entries(ENDS)) {
      const [file = "", ...path] = place.split(".");
      const words = path.reduce(
        (at, name) => (at as Record<string, unknown>)[name],
        messagesOf(locale, file),
      );
      expect(Object.keys(words as object).sort()).toEqual([...codes].sort());
    }
  });
});
