import { describe, expect, it } from "vitest";
import {
  boxFromCorners,
  boxToCanvas,
  canvasToFilm,
  cssMatrix,
  filmToCanvas,
} from "./view-transform.ts";

const view = { scaleX: 0.5, scaleY: 0.25, offsetX: 100, offsetY: -40 };

describe("film and canvas coordinates", () => {
  it("put the film's corner at the offset", () => {
    expect(filmToCanvas(view, { x: 0, y: 0 })).toEqual({ x: 100, y: -40 });
  });

  it("go there and back", () => {
    const point = { x: 321.5, y: 77 };
    const back = canvasToFilm(view, filmToCanvas(view, point));
    expect(back.x).toBeCloseTo(point.x, 10);
    expect(back.y).toBeCloseTo(point.y, 10);
  });

  it("scale a box on each axis by itself", () => {
    expect(
      boxToCanvas(view, { x: 10, y: 20, width: 200, height: 100 }),
    ).toEqual({ x: 105, y: -35, width: 100, height: 25 });
  });

  it("are what the CSS matrix does to an element of film size", () => {
    expect(cssMatrix(view)).toBe("matrix(0.5, 0, 0, 0.25, 100, -40)");
  });
});

describe("a box drawn from corner to corner", () => {
  const film = { width: 1000, height: 800 };

  it("has its corner top left whichever way it was drawn", () => {
    expect(boxFromCorners({ x: 300, y: 50 }, { x: 100, y: 250 }, film)).toEqual(
      { x: 100, y: 50, width: 200, height: 200 },
    );
  });

  it("is cut where it leaves the film", () => {
    expect(boxFromCorners({ x: -50, y: 700 }, { x: 60, y: 900 }, film)).toEqual(
      { x: 0, y: 700, width: 60, height: 100 },
    );
  });
});
