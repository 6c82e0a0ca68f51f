import { describe, expect, it } from "vitest";
import { maySeeComment } from "./comment.rules.ts";

const plain = {
  isOwn: false,
  tellsAi: false,
  tellsReading: false,
  seesAi: false,
  isFirstKept: false,
};

describe("whom a comment reaches", () => {
  it("is everybody where its author knew nothing of the AI", () => {
    expect(maySeeComment(plain)).toBe(true);
    expect(maySeeComment({ ...plain, isFirstKept: true })).toBe(true);
  });

  it("is who may see the AI, where its author could", () => {
    const told = { ...plain, tellsAi: true };
    expect(maySeeComment(told)).toBe(false);
    expect(maySeeComment({ ...told, seesAi: true })).toBe(true);
    expect(maySeeComment({ ...told, isOwn: true })).toBe(true);
  });

  it("is no further reader from whom the first reading is kept", () => {
    const told = { ...plain, tellsReading: true };
    expect(maySeeComment(told)).toBe(true);
    expect(maySeeComment({ ...told, isFirstKept: true })).toBe(false);
    expect(maySeeComment({ ...told, isFirstKept: true, isOwn: true })).toBe(
      true,
    );
  });
});
