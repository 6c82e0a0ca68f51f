import { describe, expect, it } from "vitest";
import { KeptAnswers } from "./kept-answers.ts";

describe("answers that are kept for a time", () => {
  const setUp = (most = 10) => {
    const state = { now: 0, asked: 0 };
    const answers = new KeptAnswers<number>(
      { now: () => new Date(state.now) },
      { keptMs: 1_000, most },
    );
    const ask = () => Promise.resolve(++state.asked);
    return { state, answers, ask };
  };

  it("are asked for once in that time", async () => {
    const { state, answers, ask } = setUp();
    expect(await answers.get("a", ask)).toBe(1);
    state.now = 999;
    expect(await answers.get("a", ask)).toBe(1);
    expect(await answers.get("b", ask)).toBe(2);
  });

  it("are asked for anew when they are too old", async () => {
    const { state, answers, ask } = setUp();
    await answers.get("a", ask);
    state.now = 1_000;
    expect(await answers.get("a", ask)).toBe(2);
  });

  it("are not kept where asking failed", async () => {
    const { answers, ask } = setUp();
    const failing = () => Promise.reject(new Error("away"));
    await expect(answers.get("a", failing)).rejects.toThrow("away");
    expect(await answers.get("a", ask)).toBe(1);
  });

  it("are forgotten, the oldest first, beyond their number", async () => {
    const { answers, ask } = setUp(2);
    for (const key of ["a", "b", "c"]) await answers.get(key, ask);
    expect(await answers.get("b", ask)).toBe(2);
    expect(await answers.get("a", ask)).toBe(4);
  });
});
