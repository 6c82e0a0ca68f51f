import type { Label } from "../../gql/graphql.ts";
import {
  confirmedLabel,
  opinionsDiffer,
  type Suggestion,
} from "./decision-rules.ts";

/** What can be said to the AI's answer; NOTHING: the film answers nothing. */
export type Answer = "CONFIRM" | "PARTLY" | "OVERRIDE" | "NOTHING";

/** A choice as it is offered: its key, its words, and what follows it. */
type AnswerChoice = {
  readonly answer: Answer;
  readonly keys: string;
  /** its reason is given in the panel */
  readonly wantsReason: boolean;
} & (
  | { readonly word: "confirm" | "partly" | "override" }
  | { readonly word: "change" | "keep" | "label"; readonly label: Label }
);

/**
 * The answers that are offered. Where reader and AI differ, none is the easy
 * one: going over and staying both name their label and both want a reason,
 * and there is nothing to agree with in part.
 */
export function answerChoices(
  opinion: Label | null,
  suggestion: Suggestion,
): readonly AnswerChoice[] {
  const differ = opinionsDiffer(opinion, suggestion);
  const choices: AnswerChoice[] = [
    {
      answer: "CONFIRM",
      keys: "y",
      wantsReason: differ,
      ...(differ
        ? { word: "change", label: confirmedLabel(opinion, suggestion) }
        : { word: "confirm" }),
    },
  ];
  if (!differ) {
    choices.push({
      answer: "PARTLY",
      keys: "h",
      wantsReason: true,
      word: "partly",
    });
  }
  choices.push({
    answer: "OVERRIDE",
    keys: "o",
    wantsReason: true,
    ...(differ && opinion !== null
      ? { word: "keep", label: opinion }
      : { word: "override" }),
  });
  if (opinion !== "NOT_DIAGNOSTIC") {
    choices.push({
      answer: "NOTHING",
      keys: "4",
      wantsReason: true,
      word: "label",
      label: "NOT_DIAGNOSTIC",
    });
  }
  return choices;
}
