import { describe, expect, it } from "vitest";
import { orientationMatrix } from "../../../viewer/orient-film.ts";
import { orientationSince, turned } from "./turn-film.ts";
import { filmToCanvas } from "./view-transform.ts";

const upright = { turns: 0, flipped: false } as const;

describe("a film turned", () => {
  it("goes round by quarters, either way", () => {
    expect(turned(upright, "clockwise")).toEqual({ turns: 1, flipped: false });
    expect(turned(upright, "counterclockwise")).toEqual({
      turns: 3,
      flipped: false,
    });
    const once = turned(upright, "clockwise");
    expect(turned(once, "counterclockwise")).toEqual(upright);
  });

  it("is upright after four quarters and after two mirrors", () => {
    const four = [1, 2, 3, 4].reduce<ReturnType<typeof turned>>(
      (before) => turned(before, "clockwise"),
      upright,
    );
    expect(four).toEqual(upright);
    expect(turned(turned(upright, "mirror"), "mirror")).toEqual(upright);
  });

  it("turns a mirrored film the way that is seen", () => {
    const mirrored = turned(upright, "mirror");
    // mirror(turn 3) is the mirrored film a quarter clockwise
    expect(turned(mirrored, "clockwise")).toEqual({ turns: 3, flipped: true });
  });
});

it("knows what was done since", () => {
  const all = ([0, 1, 2, 3] as const).flatMap((turns) =>
    [false, true].map((flipped) => ({ turns, flipped })),
  );
  const film = { width: 300, height: 200 };
  const corner = { x: 10, y: 20 };
  for (const from of all)
    for (const to of all) {
      const before = filmToCanvas(orientationMatrix(film, from), corner);
      const size = from.turns % 2 === 1 ? { width: 200, height: 300 } : film;
      const since = orientationMatrix(size, orientationSince(from, to));
      expect(filmToCanvas(since, before)).toEqual(
        filmToCanvas(orientationMatrix(film, to), corner),
      );
    }
});
