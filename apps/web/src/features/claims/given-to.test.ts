import { describe, expect, it } from "vitest";
import { givenTo } from "./given-to.ts";

const ME = "me";
const colleague = { id: "other", name: "Dr Tran" };
const pool = { id: "chest", name: "Chest" };
const waiting = { state: "WAITING", assignee: null, pool: null } as const;

describe("whose a waiting case is", () => {
  it("is nobody's where it waits for anybody", () => {
    expect(givenTo(waiting, ME)).toBeNull();
  });

  it("is the colleague's or the pool's, by name", () => {
    expect(givenTo({ ...waiting, assignee: colleague }, ME)).toEqual({
      kind: "colleague",
      name: "Dr Tran",
    });
    expect(givenTo({ ...waiting, pool }, ME)).toEqual({
      kind: "pool",
      name: "Chest",
    });
  });

  it("is the reader's before the pool's that it falls back to", () => {
    expect(givenTo({ ...waiting, assignee: colleague, pool }, ME)?.kind).toBe(
      "colleague",
    );
  });

  it("is the viewer's own where it was given to him", () => {
    const mine = { id: ME, name: "Dr Le" };
    expect(givenTo({ ...waiting, assignee: mine, pool }, ME)).toEqual({
      kind: "you",
    });
  });

  it("is the one's who reads it, once somebody does", () => {
    const read = { ...waiting, state: "READING", assignee: colleague } as const;
    expect(givenTo(read, ME)).toBeNull();
  });
});
