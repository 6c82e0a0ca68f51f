import { describe, expect, it } from "vitest";
import { BadInputError } from "../../errors.ts";
import { checkMarks, keptMark, MAX_MARKS, readMarks } from "./marks.ts";

const image = {
  id: "00000000-0000-7000-8000-000000000000",
  width: 100,
  height: 100,
};
const box = { imageId: image.id, x: 1, y: 2, width: 3, height: 4 };
const check = (sent: Parameters<typeof keptMark>[0]) =>
  checkMarks([keptMark(sent)], [image]);

describe("what a mark shows", () => {
  it("is of a closed list when it is made", () => {
    const [made] = check({ ...box, finding: "effusion" });
    expect(made?.finding).toBe("effusion");
    const free = { ...box, finding: "NGUYEN An, 1956" };
    expect(() => check(free)).toThrow(BadInputError);
    expect(() => check(free)).toThrow(/pneumonia, atelectasis/);
  });

  it('is "other" where an older version let a free text in', () => {
    const stored = [
      { ...box, finding: "NGUYEN An, 1956" },
      { ...box, finding: "Pneumonia" },
    ];
    const read = readMarks(stored).map(({ finding }) => finding);
    expect(read).toEqual(["other", "pneumonia"]);
  });

  it("is nothing for a measurement and something for a region", () => {
    const ruler = { imageId: image.id, kind: "RULER", points: [1, 1, 9, 9] };
    expect(check({ ...ruler, kind: "RULER" })).toMatchObject([
      { finding: null, x: 1, y: 1, width: 8, height: 8 },
    ]);
    expect(() =>
      check({ ...ruler, kind: "RULER", finding: "pneumonia" }),
    ).toThrow(/shows no finding/);
    expect(() => check(box)).toThrow(/needs a finding/);
  });
});

describe("how a mark is kept", () => {
  it.each([
    ["ELLIPSE", [10.25, 20.5, 30, 40]],
    ["FREEHAND", [1, 1, 50.01, 2, 30, 60]],
    ["RULER", [90, 10, 5.55, 10]],
    ["ANGLE", [0, 0, 50, 50, 100, 0]],
    ["RATIO", [30, 50, 70, 50, 10, 60, 90, 60]],
  ] as const)("%s: its points as drawn, twice alike", (kind, points) => {
    const isRegion = kind === "ELLIPSE" || kind === "FREEHAND";
    const finding = isRegion ? "pneumonia" : null;
    const made = check({ imageId: image.id, kind, points, finding });
    expect(made).toMatchObject([{ kind, points }]);
    const stored: unknown = JSON.parse(JSON.stringify(made));
    expect(readMarks(stored)).toEqual(made);
  });

  it("a box of an older version has the corners of its frame", () => {
    expect(readMarks([{ ...box, finding: "edema" }])).toMatchObject([
      { kind: "BOX", points: [1, 2, 4, 6] },
    ]);
  });

  it("a box drawn from any corner has its frame around it", () => {
    const points = [30, 40, 10, 20];
    expect(
      check({ imageId: image.id, points, finding: "edema" }),
    ).toMatchObject([{ points, x: 10, y: 20, width: 20, height: 20 }]);
  });
});

describe("a mark that is none", () => {
  const shape = { imageId: image.id, finding: "pneumonia" };
  it.each([
    ["without points", { ...shape, kind: "FREEHAND" as const }],
    [
      "with too few",
      { ...shape, kind: "FREEHAND" as const, points: [1, 1, 2, 2] },
    ],
    [
      "with half a point",
      { ...shape, kind: "ELLIPSE" as const, points: [1, 1, 2] },
    ],
    [
      "with too many",
      { ...shape, kind: "ELLIPSE" as const, points: [1, 1, 2, 2, 3, 3] },
    ],
    ["outside its film", { ...shape, points: [1, 1, 100.01, 2] }],
    ["before its film", { ...shape, points: [-0.01, 1, 50, 2] }],
    ["without size", { ...shape, points: [5, 1, 5, 9] }],
    ["of numbers that are none", { ...shape, points: [1, 1, Number.NaN, 2] }],
    [
      "of another film",
      {
        ...shape,
        imageId: "00000000-0000-7000-8000-000000000001",
        points: [1, 1, 2, 2],
      },
    ],
    ["of a box without height", { ...box, ...shape, height: null }],
  ])("%s is refused", (_, sent) => {
    expect(() => check(sent)).toThrow(BadInputError);
  });

  it("too many are refused, and too many points in all", () => {
    const one = keptMark({ ...box, finding: "edema" });
    const many = (count: number, mark: object) =>
      Array.from({ length: count }, () => mark);
    expect(checkMarks(many(MAX_MARKS, one), [image])).toHaveLength(MAX_MARKS);
    expect(() => checkMarks(many(MAX_MARKS + 1, one), [image])).toThrow(
      BadInputError,
    );
    const points = Array.from({ length: 1_000 }, (_, at) => at % 97);
    const long = keptMark({ ...shape, kind: "FREEHAND", points });
    expect(checkMarks(many(12, long), [image])).toHaveLength(12);
    expect(() => checkMarks(many(13, long), [image])).toThrow(BadInputError);
  });
});
