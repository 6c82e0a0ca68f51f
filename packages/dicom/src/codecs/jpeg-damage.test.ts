import sharp from "sharp";
import { beforeAll, describe, expect, it } from "vitest";

import { findJpegDamage } from "./jpeg-damage.ts";

const SIDE = 128;
/** A round bright body on black with a dark half: edges, slopes and texture. */
const picture = Uint8Array.from({ length: SIDE * SIDE }, (_, i) => {
  const x = i % SIDE;
  const y = Math.trunc(i / SIDE);
  const inside = (x - 64) ** 2 + (y - 64) ** 2 < 55 ** 2;
  return inside ? 60 + x + ((x * 7 + y * 13) % 11) : 0;
});

const image = () =>
  sharp(picture, {
    raw: { width: SIDE, height: SIDE, channels: 1 },
  }).toColourspace("b-w");

const KINDS = {
  baseline: () => image().jpeg({ quality: 90 }).toBuffer(),
  "optimised tables": () =>
    image().jpeg({ quality: 90, optimiseCoding: true }).toBuffer(),
  progressive: () =>
    image().jpeg({ quality: 90, progressive: true }).toBuffer(),
  colour: () => image().toColourspace("srgb").jpeg({ quality: 80 }).toBuffer(),
  "progressive colour": () =>
    image()
      .toColourspace("srgb")
      .jpeg({ quality: 80, progressive: true })
      .toBuffer(),
};
type Kind = keyof typeof KINDS;
const kinds = Object.keys(KINDS) as Kind[];

describe("damage in JPEG data", () => {
  const whole = new Map<Kind, Buffer>();
  beforeAll(async () => {
    for (const kind of kinds) whole.set(kind, await KINDS[kind]());
  });
  const of = (kind: Kind): Buffer => Buffer.from(whole.get(kind) ?? []);

  it.each(kinds)("finds none in a whole file (%s)", (kind) => {
    expect(findJpegDamage(of(kind))).toBeNull();
  });

  it.each(kinds)(
    "finds none where markers stand before the end (%s)",
    (kind) => {
      const file = of(kind);
      const comment = Buffer.from([0xff, 0xfe, 0, 6, 1, 2, 3, 4]);
      const end = file.length - 2;
      const more = [file.subarray(0, end), comment, file.subarray(end)];
      expect(findJpegDamage(Buffer.concat(more))).toBeNull();
    },
  );

  it.each(kinds.flatMap((kind) => [0.5, 0.8].map((part) => ({ kind, part }))))(
    "finds a cut at $part with an end marker ($kind)",
    ({ kind, part }) => {
      const file = of(kind);
      const cut = file.subarray(0, Math.trunc(file.length * part));
      const ended = Buffer.concat([cut, Buffer.from([0xff, 0xd9])]);
      expect(findJpegDamage(ended)).not.toBeNull();
    },
  );

  it.each(kinds.flatMap((kind) => [0.5, 0.8].map((part) => ({ kind, part }))))(
    "finds 60 bytes overwritten at $part ($kind)",
    ({ kind, part }) => {
      const file = of(kind);
      const at = Math.trunc(file.length * part);
      for (let i = 0; i < 60; i++) file[at + i] = (i * 37 + 11) & 0xff;
      expect(findJpegDamage(file)).not.toBeNull();
    },
  );

  it("finds a changed quantisation step", () => {
    const file = of("baseline");
    const table = file.indexOf(Buffer.from([0xff, 0xdb]));
    // The highest frequency: nothing in the picture shows that it is wrong.
    file[table + 68] = (file[table + 68] ?? 0) ^ 0x02;
    expect(findJpegDamage(file)).toContain("quantisation");
  });

  it("finds restart markers out of order", () => {
    // An interval of one block promises a marker behind each, and there is none.
    const file = of("baseline");
    const frame = file.indexOf(Buffer.from([0xff, 0xc0]));
    const interval = Buffer.from([0xff, 0xdd, 0, 4, 0, 1]);
    const told = [file.subarray(0, frame), interval, file.subarray(frame)];
    expect(findJpegDamage(Buffer.concat(told))).toContain("restart");
  });

  it("says nothing of processes that it does not walk", () => {
    const file = of("baseline");
    file[file.indexOf(Buffer.from([0xff, 0xc0])) + 1] = 0xc9;
    expect(findJpegDamage(file)).toBeNull();
  });
});
