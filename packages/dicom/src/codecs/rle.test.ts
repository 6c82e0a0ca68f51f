import { describe, expect, it } from "vitest";
import { decodeRle } from "./rle.ts";

const WIDTH = 8;
const ROWS = 12;

/** One segment of rows, each copied as it is in runs of these lengths. */
function frame(runsOf: (row: number) => readonly number[]): Uint8Array {
  const header = new Uint8Array(64);
  header[0] = 1;
  header[4] = 64;
  const body = Array.from({ length: ROWS }, (_, row) =>
    runsOf(row).flatMap((length) => [
      length - 1,
      ...Array.from({ length }, (_, at) => row + at),
    ]),
  ).flat();
  if (body.length % 2 === 1) body.push(0);
  return Uint8Array.from([...header, ...body]);
}

describe("RLE", () => {
  const damage = (runsOf: (row: number) => readonly number[]) =>
    decodeRle(frame(runsOf), WIDTH, ROWS, 1, 8).damage;

  it("is whole where each row is one copy", () => {
    expect(damage(() => [WIDTH])).toBeNull();
  });

  it("is damaged where one copy of all goes on as another", () => {
    expect(damage((row) => (row === 5 ? [5, 3] : [WIDTH]))).not.toBeNull();
  });

  it("is whole where its encoder divides copies as a habit", () => {
    expect(damage(() => [5, 3])).toBeNull();
  });

  it("is damaged where a run crosses the end of a row, once", () => {
    const crossing = (row: number) =>
      row === 5 ? [WIDTH + 2] : row === 6 ? [WIDTH - 2] : [WIDTH];
    expect(damage(crossing)).not.toBeNull();
  });
});
