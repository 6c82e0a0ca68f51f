import { describe, expect, it } from "vitest";
import { LookBatch } from "./look-batch.ts";

/** A writer that ends when it is told. */
function aWriter() {
  const written: number[][] = [];
  const ends: { done: () => void; failed: (error: Error) => void }[] = [];
  const batch = new LookBatch<number>((rows) => {
    written.push([...rows]);
    return new Promise((done, failed) => void ends.push({ done, failed }));
  });
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return { batch, written, ends, settle };
}

describe("looks written together", () => {
  it("are those that came while others were written, in their order", async () => {
    const { batch, written, ends, settle } = aWriter();
    const first = batch.append([1]);
    const second = batch.append([2, 3]);
    const third = batch.append([4]);
    expect(written).toEqual([[1]]);
    ends[0]?.done();
    await first;
    await settle();
    expect(written).toEqual([[1], [2, 3, 4]]);
    let isDone = false;
    void second.then(() => (isDone = true));
    await settle();
    expect(isDone).toBe(false); // not before its own commit
    ends[1]?.done();
    await Promise.all([second, third]);
  });

  it("fail together, and those after them do not", async () => {
    const { batch, ends, settle } = aWriter();
    const first = batch.append([1]);
    const second = batch.append([2]);
    const third = batch.append([3]);
    ends[0]?.done();
    await first;
    await settle();
    ends[1]?.failed(new Error("away"));
    await expect(second).rejects.toThrow("away");
    await expect(third).rejects.toThrow("away");
    const fourth = batch.append([4]);
    await settle();
    ends[2]?.done();
    await fourth;
  });

  it("are no more than a statement takes", async () => {
    const { batch, written, ends, settle } = aWriter();
    const many = Array.from({ length: 400 }, (_, at) => at);
    const all = [batch.append([0]), batch.append(many), batch.append(many)];
    for (let at = 0; at < 3; at++) {
      ends[at]?.done();
      await settle();
    }
    await Promise.all(all);
    expect(written.map(({ length }) => length)).toEqual([1, 400, 400]);
  });
});
