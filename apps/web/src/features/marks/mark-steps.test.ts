import { describe, expect, it } from "vitest";
import { putBack, withoutStep } from "./mark-steps.ts";

const mark = (id: string, points = [1, 2, 31, 42]) => ({
  id,
  kind: "BOX" as const,
  points,
});

describe("a mark that is put back", () => {
  it("has its old place, also beside one drawn since", () => {
    expect(putBack([mark("a"), mark("c")], mark("b"), 1)).toEqual([
      mark("a"),
      mark("b"),
      mark("c"),
    ]);
  });

  it("stands last where the others before it are gone too", () => {
    expect(putBack([], mark("b"), 1)).toEqual([mark("b")]);
  });

  it("is there once only", () => {
    expect(putBack([mark("b")], mark("b"), 0)).toEqual([mark("b")]);
  });
});

describe("a step taken back", () => {
  it("takes a drawn mark away and leaves the others", () => {
    expect(
      withoutStep([mark("a"), mark("b")], { did: "drew", id: "a" }),
    ).toEqual([mark("b")]);
  });

  it("puts a moved mark where it was, whatever else it says by now", () => {
    const moved = { ...mark("a", [5, 5, 9, 9]), finding: "nodule" };
    expect(
      withoutStep([moved], { did: "moved", id: "a", points: [1, 1, 5, 5] }),
    ).toEqual([{ ...moved, points: [1, 1, 5, 5] }]);
  });

  it("brings no mark back that was removed since", () => {
    const step = { did: "moved", id: "a", points: [1, 1, 5, 5] } as const;
    expect(withoutStep([mark("b")], step)).toEqual([mark("b")]);
  });

  it("brings a removed mark back", () => {
    const step = { did: "removed", mark: mark("a"), place: 0 } as const;
    expect(withoutStep([mark("b")], step)).toEqual([mark("a"), mark("b")]);
  });
});
