import { describe, expect, it } from "vitest";
import { receiverIds, receiversOf } from "./receivers.ts";

const load = (id: string, waiting = 0) => ({
  user: { id, name: id.toUpperCase() },
  waiting,
  reading: 1,
});
const pool = { id: "nights", name: "Nights", waiting: 3 };

describe("who can be given cases", () => {
  it("is every reader and every pool of one site", () => {
    const receivers = receiversOf([
      { readerLoads: [load("a", 2), load("b")], readerPools: [pool] },
    ]);
    expect(receivers).toEqual([
      { kind: "reader", id: "a", name: "A", waiting: 2, reading: 1 },
      { kind: "reader", id: "b", name: "B", waiting: 0, reading: 1 },
      { kind: "pool", id: "nights", name: "Nights", waiting: 3, reading: 0 },
    ]);
  });

  it("is of several sites who reads at all of them, and no pool", () => {
    const receivers = receiversOf([
      { readerLoads: [load("a"), load("b")], readerPools: [pool] },
      { readerLoads: [load("b"), load("c")], readerPools: [] },
    ]);
    expect(receivers.map(({ id }) => id)).toEqual(["b"]);
  });

  it("is sent as a reader, as a pool, or as nobody", () => {
    expect(receiverIds({ kind: "reader", id: "a" })).toEqual({
      userId: "a",
      poolId: null,
    });
    expect(receiverIds({ kind: "pool", id: "nights" })).toEqual({
      userId: null,
      poolId: "nights",
    });
    expect(receiverIds(null)).toEqual({ userId: null, poolId: null });
  });
});
