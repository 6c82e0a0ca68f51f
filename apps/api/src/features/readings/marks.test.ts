import { describe, expect, it } from "vitest";
import { BadInputError } from "../../errors.ts";
import { checkMarks, readMarks } from "./marks.ts";

const image = {
  id: "00000000-0000-7000-8000-000000000000",
  width: 100,
  height: 100,
};
const mark = { imageId: image.id, x: 1, y: 2, width: 3, height: 4 };

describe("what a mark shows", () => {
  it("is of a closed list when it is made", () => {
    const [made] = checkMarks([{ ...mark, finding: "effusion" }], [image]);
    expect(made?.finding).toBe("effusion");
    const free = [{ ...mark, finding: "NGUYEN An, 1956" }];
    expect(() => checkMarks(free, [image])).toThrow(BadInputError);
    expect(() => checkMarks(free, [image])).toThrow(/pneumonia, atelectasis/);
  });

  it('is "other" where an older version let a free text in', () => {
    const stored = [
      { ...mark, finding: "NGUYEN An, 1956" },
      { ...mark, finding: "Pneumonia" },
    ];
    const read = readMarks(stored).map(({ finding }) => finding);
    expect(read).toEqual(["other", "pneumonia"]);
  });
});
