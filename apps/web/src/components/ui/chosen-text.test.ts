import { createElement } from "react";
import { describe, expect, it } from "vitest";
import { chosenText } from "./chosen-text.ts";

const MARK = createElement("span");
const STATES = [
  { value: "WAITING", label: "waiting" },
  { value: "READING", label: MARK, text: "being read" },
  { value: "SIGNED", label: "signed" },
  { value: "EMPTY", label: MARK },
] as const;

describe("what a filter says of its choices", () => {
  it("is its own name without any", () => {
    expect(chosenText("State", STATES, [])).toEqual({
      text: "State",
      hasNames: false,
    });
  });

  it("is one name or two, in the order of the list", () => {
    expect(chosenText("State", STATES, ["SIGNED"]).text).toBe("signed");
    expect(chosenText("State", STATES, ["SIGNED", "READING"])).toEqual({
      text: "being read, signed",
      hasNames: true,
    });
  });

  it("is how many beyond that, or where one has no name in words", () => {
    const three = ["WAITING", "READING", "SIGNED"] as const;
    expect(chosenText("State", STATES, three).text).toBe("State · 3");
    expect(chosenText("State", STATES, ["EMPTY"]).text).toBe("State · 1");
  });
});
