import { describe, expect, it } from "vitest";
import { halved, levelFor } from "./film-levels.ts";

const film = {
  width: 8,
  height: 8,
  pixels: Uint16Array.from({ length: 64 }, (_, at) => at),
};

describe("levels of a film", () => {
  it("have the mean of two by two pixels", () => {
    const half = halved({
      width: 4,
      height: 2,
      pixels: Uint16Array.of(0, 2, 65_535, 65_535, 4, 6, 65_535, 65_535),
    });
    expect(half).toEqual({
      width: 2,
      height: 1,
      pixels: Uint16Array.of(3, 65_535),
    });
  });

  it("keep a last odd row and column", () => {
    const { width, height, pixels } = halved({
      width: 3,
      height: 1,
      pixels: Uint16Array.of(10, 20, 40),
    });
    expect([width, height]).toEqual([2, 1]);
    expect([...pixels]).toEqual([15, 40]);
  });

  it("are as coarse as the screen, never coarser", () => {
    expect(levelFor(film, 2)).toEqual({ level: film, side: 1 });
    expect(levelFor(film, 0.51).level).toBe(film);
    expect(levelFor(film, 0.5)).toMatchObject({ side: 2 });
    expect(levelFor(film, 0.3).level).toMatchObject({ width: 4, height: 4 });
    expect(levelFor(film, 0.25)).toMatchObject({ side: 4 });
  });

  it("are made once for a film", () => {
    expect(levelFor(film, 0.5).level).toBe(levelFor(film, 0.4).level);
  });
});
