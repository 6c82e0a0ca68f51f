import { describe, expect, it } from "vitest";
import { closed, pointFor, withPoint } from "./drawing.ts";

const film = { width: 1000, height: 800 };
const upright = {
  film,
  view: { a: 0.5, b: 0, c: 0, d: 0.5, e: 10, f: 20 },
};
const sideways = { film, view: { a: 0, b: 0.5, c: -0.5, d: 0, e: 400, f: 0 } };

describe("a shape that is drawn point by point", () => {
  it("is done with its last point", () => {
    const first = { x: 10, y: 10 };
    expect(withPoint("BOX", [], first).status).toBe("going-on");
    expect(withPoint("BOX", [first], { x: 50, y: 60 })).toEqual({
      status: "done",
      points: [first, { x: 50, y: 60 }],
    });
    const arm = [first, { x: 20, y: 20 }];
    expect(withPoint("ANGLE", arm.slice(0, 1), arm[0] ?? first).status).toBe(
      "going-on",
    );
    expect(withPoint("ANGLE", arm, { x: 30, y: 0 }).status).toBe("done");
  });

  it("is dropped where a click slipped", () => {
    const at = { x: 10, y: 10 };
    expect(withPoint("BOX", [at], { x: 14, y: 200 }).status).toBe("dropped");
    expect(withPoint("RULER", [at], at).status).toBe("dropped");
    expect(withPoint("RULER", [at], { x: 10, y: 11 }).status).toBe("done");
  });

  it("an outline goes on until it is closed, and has its most", () => {
    const outline = Array.from({ length: 499 }, (_, at) => ({
      x: at,
      y: at % 50,
    }));
    expect(withPoint("FREEHAND", outline.slice(0, 5), { x: 9, y: 9 })).toEqual({
      status: "going-on",
      points: [...outline.slice(0, 5), { x: 9, y: 9 }],
    });
    expect(withPoint("FREEHAND", outline, { x: 9, y: 9 }).status).toBe("done");
    expect(closed(outline.slice(0, 2)).status).toBe("dropped");
    expect(closed(outline.slice(0, 30)).status).toBe("done");
  });
});

describe("the point that is set", () => {
  it("lies on the film", () => {
    expect(pointFor("BOX", [], { x: -5, y: 2000 }, upright)).toEqual({
      x: 0,
      y: 800,
    });
  });

  it("is level with the other end of a width, as the film lies", () => {
    const start = { x: 100, y: 300 };
    const at = { x: 500, y: 340 };
    expect(pointFor("RATIO", [start], at, upright)).toEqual({ x: 500, y: 300 });
    expect(pointFor("RATIO", [start], at, sideways)).toEqual({
      x: 100,
      y: 340,
    });
    // the chest's width begins where it is pointed at
    expect(pointFor("RATIO", [start, start], at, upright)).toEqual(at);
    expect(pointFor("RULER", [start], at, upright)).toEqual(at);
  });
});
