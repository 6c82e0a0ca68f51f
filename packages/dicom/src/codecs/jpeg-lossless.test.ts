import { describe, expect, it } from "vitest";

import { decodeJpegLossless } from "./jpeg-lossless.ts";

const WIDTH = 16;
const HEIGHT = 12;

/** Values that jump across half the range, where signed encoders wrap. */
function samplesOf(bits: number): number[] {
  const top = 2 ** bits;
  return Array.from(
    { length: WIDTH * HEIGHT },
    (_, i) => Math.trunc((i * 37 * top) / 97) % top,
  );
}

/** A film's kind of picture: no jumps, and half the range crossed slowly. */
function smoothSamples(bits: number): number[] {
  const top = 2 ** bits - 1;
  return Array.from({ length: WIDTH * HEIGHT }, (_, i) => {
    const [x, y] = [i % WIDTH, Math.trunc(i / WIDTH)];
    return Math.round(
      top * (0.5 + 0.22 * Math.sin(x / 3) + 0.2 * Math.sin(y / 2.5)),
    );
  });
}

type Reading = "own-bits" | "signed" | "words";

/** ITU-T T.81 table H.1. */
function predict(
  selection: number,
  left: number,
  above: number,
  corner: number,
): number {
  return (
    [
      left,
      above,
      corner,
      left + above - corner,
      left + ((above - corner) >> 1),
      above + ((left - corner) >> 1),
      (left + above) >> 1,
    ][selection - 1] ?? 0
  );
}

/** All 17 sizes as codes of five bits: their numbers (T.81 K.2 allows any). */
const TABLE = [
  0xff,
  0xc4,
  0,
  36,
  0,
  0,
  0,
  0,
  0,
  17,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  ...Array.from({ length: 17 }, (_, size) => size),
];

/**
 * A stream whose differences are taken between samples read as signed numbers,
 * as encoders of signed pixels do, or those numbers as words of 16 bits: the
 * decoder must count modulo 65,536. Or between the samples as they are.
 */
function encode(
  samples: number[],
  bits: number,
  selection: number,
  reading: Reading = "signed",
): Buffer {
  const half = 2 ** (bits - 1);
  const signed = (v: number): number => {
    if (reading === "own-bits" || v < half) return v;
    return reading === "words" ? (v - 2 * half) & 0xffff : v - 2 * half;
  };
  let code = "";
  for (const [i, sample] of samples.entries()) {
    const x = i % WIDTH;
    const at = (back: number): number => signed(samples[i - back] ?? 0);
    let predicted = i === 0 ? half : at(1);
    if (i >= WIDTH && x === 0) predicted = at(WIDTH);
    if (i >= WIDTH && x > 0) {
      predicted = predict(selection, at(1), at(WIDTH), at(WIDTH + 1));
    }
    const difference = ((signed(sample) - predicted) << 16) >> 16;
    code += codeOf(difference);
  }
  while (code.length % 8 !== 0) code += "1";
  const data = (code.match(/.{8}/gu) ?? []).flatMap((byte) => {
    const value = Number.parseInt(byte, 2);
    return value === 0xff ? [0xff, 0] : [value];
  });
  return Buffer.from([
    0xff,
    0xd8,
    0xff,
    0xc3,
    0,
    11,
    bits,
    0,
    HEIGHT,
    0,
    WIDTH,
    1,
    1,
    0x11,
    0,
    ...TABLE,
    0xff,
    0xda,
    0,
    8,
    1,
    1,
    0,
    selection,
    0,
    0,
    ...data,
    0xff,
    0xd9,
  ]);
}

function codeOf(difference: number): string {
  const size = 32 - Math.clz32(Math.abs(difference));
  const head = size.toString(2).padStart(5, "0");
  if (size === 0 || size === 16) return head;
  const value = difference > 0 ? difference : difference + 2 ** size - 1;
  return head + value.toString(2).padStart(size, "0");
}

const depths = [2, 8, 10, 12, 15, 16];
const cases = depths.flatMap((bits) =>
  [1, 2, 3, 4, 5, 6, 7].map((selection) => ({ bits, selection })),
);

describe("lossless JPEG of wrapped differences", () => {
  it.each(cases.filter(({ selection }) => selection <= 4))(
    "gives every sample of $bits bits with predictor $selection",
    ({ bits, selection }) => {
      const samples = samplesOf(bits);
      const stream = encode(samples, bits, selection);
      const { frame, damage } = decodeJpegLossless(stream, true);
      expect([...frame.samples]).toEqual(samples);
      expect(damage).toBeNull();
    },
  );

  it("notices a code that was changed", () => {
    const stream = encode(samplesOf(12), 12, 1);
    for (let i = 0; i < 40; i++) stream[120 + i] = (i * 29) & 0x7f;
    expect(decodeJpegLossless(stream, true).damage).not.toBeNull();
  });

  it.each(
    [8, 10, 12, 15].flatMap((bits) =>
      [1, 2, 3, 4, 5, 6, 7].flatMap((selection) =>
        (["own-bits", "signed", "words"] as const).map((reading) => ({
          bits,
          selection,
          reading,
        })),
      ),
    ),
  )(
    "gives unsigned samples of $bits bits with predictor $selection, encoded as $reading",
    ({ bits, selection, reading }) => {
      const samples = smoothSamples(bits);
      const stream = encode(samples, bits, selection, reading);
      const { frame, damage } = decodeJpegLossless(stream, false);
      expect([...frame.samples]).toEqual(samples);
      expect(damage).toBeNull();
    },
  );

  it("calls a film damaged that a wrong code takes below zero", () => {
    const dark = smoothSamples(12).map((v) => v >> 3);
    const lost = [...dark.slice(0, 60), ...dark.slice(60).map((v) => v - 400)];
    const stream = encode(lost, 12, 1, "own-bits");
    expect(decodeJpegLossless(stream, false).damage).toMatch(/range/u);
  });

  it("calls a film damaged that a wrong code takes above its range", () => {
    const lost = smoothSamples(12).map((v, i) => (i < 60 ? v : v + 2_000));
    const stream = encode(lost, 12, 1, "own-bits");
    expect(decodeJpegLossless(stream, false).damage).toMatch(/range/u);
  });

  it("has no range to leave with samples of 16 bits", () => {
    const full = encode(samplesOf(16), 16, 1);
    expect(decodeJpegLossless(full, false).damage).toBeNull();
  });

  it("keeps the lines before the place where the codes break off", () => {
    const samples = samplesOf(12);
    const stream = encode(samples, 12, 1);
    const cut = stream.subarray(0, Math.trunc(stream.length * 0.7));
    const { frame, damage } = decodeJpegLossless(cut, true);
    expect(damage).toMatch(/end/u);
    const kept = frame.samples.findIndex((value, i) => value !== samples[i]);
    expect(kept).toBeGreaterThan(0);
  });
});
