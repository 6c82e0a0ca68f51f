import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FilmsAhead } from "./films-ahead.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function setUp(broken: readonly string[] = [], use = () => 0) {
  const made: string[] = [];
  const derived = {
    pixels: (sha256: string) => {
      made.push(sha256);
      return broken.includes(sha256)
        ? Promise.reject(new Error("cannot be decoded"))
        : Promise.resolve("key");
    },
  };
  return { ahead: new FilmsAhead(derived, use), made };
}

describe("films made ready ahead", () => {
  it("wait until nothing comes in any more", async () => {
    const { ahead, made } = setUp();
    ahead.note("a");
    await vi.advanceTimersByTimeAsync(1_400);
    ahead.note("b");
    await vi.advanceTimersByTimeAsync(1_400);
    expect(made).toEqual([]);
    await vi.advanceTimersByTimeAsync(400);
    expect(made).toEqual(["a", "b"]);
  });

  it("wait while somebody is answered, and not for ever", async () => {
    let share = 0.3;
    const { ahead, made } = setUp([], () => share);
    for (const sha256 of ["a", "b", "c"]) ahead.note(sha256);
    await vi.advanceTimersByTimeAsync(2_900);
    expect(made).toEqual([]);
    await vi.advanceTimersByTimeAsync(800);
    expect(made).toEqual(["a"]);
    share = 0.01;
    await vi.advanceTimersByTimeAsync(600);
    expect(made).toEqual(["a", "b", "c"]);
  });

  it("make room again for films that come in meanwhile", async () => {
    const { ahead, made } = setUp();
    for (const sha256 of ["a", "b", "c"]) ahead.note(sha256);
    await vi.advanceTimersByTimeAsync(1_500);
    ahead.note("d");
    const before = made.length;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(made.length).toBeLessThanOrEqual(before + 1);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(made).toEqual(["a", "b", "c", "d"]);
  });

  it("are made once each, and go on behind one that cannot be", async () => {
    const { ahead, made } = setUp(["a"]);
    for (const sha256 of ["a", "b", "a"]) ahead.note(sha256);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(made).toEqual(["a", "b"]);
  });
});
