import { describe, expect, it } from "vitest";
import { mentionsIn } from "./mentions.ts";

const people = [
  { id: "1", name: "Nguyễn An" },
  { id: "2", name: "Nguyễn An Bình" },
  { id: "3", name: "Ms Chi" },
];
const named = (text: string) => mentionsIn(text, people).map(({ id }) => id);

describe("who is named in a comment", () => {
  it("is who stands behind an @, whatever the case of the letters", () => {
    expect(named("@ms chi please look, @Nguyễn An.")).toEqual(["1", "3"]);
    expect(named("Ms Chi, mail@ms.example")).toEqual([]);
  });

  it("is the one with the longer name where two begin alike", () => {
    expect(named("@Nguyễn An Bình")).toEqual(["2"]);
    expect(named("@Nguyễn An Bình and @Nguyễn An")).toEqual(["1", "2"]);
  });

  it("is found however the letters are composed", () => {
    expect(named("@Nguyễn An".normalize("NFD"))).toEqual(["1"]);
  });
});
