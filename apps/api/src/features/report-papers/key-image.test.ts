import { expect, it } from "vitest";
import type { Mark } from "../marks/marks.ts";
import { keyImageOf } from "./key-image.ts";

const film = {
  id: "film",
  sha256: "0".repeat(64),
  width: 300,
  height: 200,
  pixelSpacing: [0.5, 0.5],
  quarterTurns: 0,
  isMirrored: false,
};

const mark: Mark = {
  imageId: "film",
  kind: "RULER",
  finding: null,
  points: [10, 20, 110, 20],
  x: 10,
  y: 20,
  width: 100,
  height: 0,
};

const nothing = () => Promise.resolve(null);

it("lays the film as it was corrected, and its marks with it", async () => {
  const asked: unknown[] = [];
  const lying = { ...film, quarterTurns: 1, isMirrored: true };
  const image = await keyImageOf([lying], [mark], "en", (one) => {
    asked.push(one);
    return Promise.resolve(null);
  });
  expect(asked).toEqual([lying]);
  // A quarter clockwise puts (10, 20) at (200 − 20, 10); mirrored that is (20, 10).
  expect(image).toMatchObject({
    width: 200,
    height: 300,
    marks: [
      {
        name: "Length 50 mm",
        points: [20, 10, 20, 110],
        x: 20,
        y: 10,
        width: 0,
        height: 100,
      },
    ],
  });
});

it("leaves a film as its file has it where nobody said otherwise", async () => {
  const image = await keyImageOf([film], [mark], "en", nothing);
  expect(image).toMatchObject({ width: 300, height: 200 });
  expect(image?.marks[0]?.points).toEqual(mark.points);
});
