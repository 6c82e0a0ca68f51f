import { describe, expect, it } from "vitest";
import { boxToCanvas, canvasToFilm, filmToCanvas } from "./view-transform.ts";

const upright = { a: 0.5, b: 0, c: 0, d: 0.25, e: 100, f: -40 };
/** A quarter clockwise: the film's rows run down the screen. */
const sideways = { a: 0, b: 0.5, c: -0.5, d: 0, e: 400, f: 10 };

describe("film and canvas coordinates", () => {
  it("put the film's corner at the offset", () => {
    expect(filmToCanvas(upright, { x: 0, y: 0 })).toEqual({ x: 100, y: -40 });
    expect(filmToCanvas(sideways, { x: 0, y: 0 })).toEqual({ x: 400, y: 10 });
  });

  it("change places where the film is turned", () => {
    expect(filmToCanvas(sideways, { x: 20, y: 300 })).toEqual({
      x: 250,
      y: 20,
    });
  });

  it.each([upright, sideways])("go there and back", (view) => {
    const point = { x: 321.5, y: 77 };
    const back = canvasToFilm(view, filmToCanvas(view, point));
    expect(back.x).toBeCloseTo(point.x, 10);
    expect(back.y).toBeCloseTo(point.y, 10);
  });

  it("scale a box on each axis by itself", () => {
    const box = { x: 10, y: 20, width: 200, height: 100 };
    expect(boxToCanvas(upright, box)).toEqual({
      x: 105,
      y: -35,
      width: 100,
      height: 25,
    });
  });

  it("keep a box's size where it is turned", () => {
    const box = { x: 10, y: 20, width: 200, height: 100 };
    // x: 400 - 120/2 … 400 - 20/2, y: 10 + 10/2 … 10 + 210/2
    expect(boxToCanvas(sideways, box)).toEqual({
      x: 340,
      y: 15,
      width: 50,
      height: 100,
    });
  });
});
