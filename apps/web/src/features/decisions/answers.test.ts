import { describe, expect, it } from "vitest";
import type { Label } from "../../gql/graphql.ts";
import { answerChoices } from "./answers.ts";
import type { Suggestion } from "./decision-rules.ts";

const said = (opinion: Label | null, suggestion: Suggestion) =>
  answerChoices(opinion, suggestion).map((choice) =>
    "label" in choice ? `${choice.word} ${choice.label}` : choice.word,
  );

describe("the answers that are offered", () => {
  it("are confirm, partly and override where reader and AI agree", () => {
    expect(said("PNEUMONIA", "positive")).toEqual([
      "confirm",
      "partly",
      "override",
      "label NOT_DIAGNOSTIC",
    ]);
  });

  it("are two that name their label where reader and AI differ", () => {
    expect(said("NORMAL", "positive")).toEqual([
      "change PNEUMONIA",
      "keep NORMAL",
      "label NOT_DIAGNOSTIC",
    ]);
    expect(said("PNEUMONIA", "negative").slice(0, 2)).toEqual([
      "change NORMAL",
      "keep PNEUMONIA",
    ]);
  });

  it("want a reason on either side of a difference", () => {
    const differing = answerChoices("NORMAL", "positive");
    expect(differing.every(({ wantsReason }) => wantsReason)).toBe(true);
    const agreeing = answerChoices("NORMAL", "negative");
    expect(agreeing.filter(({ wantsReason }) => !wantsReason)).toMatchObject([
      { answer: "CONFIRM" },
    ]);
  });

  it("leave out what the opinion says already", () => {
    expect(said("NOT_DIAGNOSTIC", "positive")).toEqual([
      "change PNEUMONIA",
      "keep NOT_DIAGNOSTIC",
    ]);
  });
});
