import { readFileSync } from "node:fs";

import { describe, expect, it } from "vitest";

import { DEFAULT_PICTURE_LIMITS } from "../picture-limits.ts";
import { readDicomPicture } from "../picture.ts";
import { findBlockDamage } from "./jpeg-2000/block-damage.ts";

const LIMITS = { ...DEFAULT_PICTURE_LIMITS, minSide: 16 };

function sample(name: string): Buffer {
  return readFileSync(
    new URL(`../../test-data/dicom/${name}.dcm`, import.meta.url),
  );
}

async function damageOf(bytes: Uint8Array): Promise<string | null> {
  return (await readDicomPicture(bytes, LIMITS)).damage;
}

describe("damage inside the blocks of JPEG 2000", () => {
  it.each(["jpeg-2000-lossless", "jpeg-2000-lossy"])(
    "is not seen in %s as it was written",
    async (name) => {
      expect(await damageOf(sample(name))).toBeNull();
    },
  );

  it.each([
    { name: "jpeg-2000-lossless", from: 614 },
    { name: "jpeg-2000-lossy", from: 1053 },
  ])("is seen by where the blocks' codes end in $name", async (film) => {
    const bytes = sample(film.name);
    for (let i = film.from; i < film.from + 40; i++) {
      bytes[i] = (bytes[i] ?? 0) ^ ((i * 29) & 0x7f);
    }
    expect(await damageOf(bytes)).toMatch(/blocks does not end/u);
  });

  // One bit or byte each, after which every block's code still ends within it.
  it.each([
    { at: 584, to: 0xc2, what: /do not end as the others do/u },
    { at: 555, to: 0x10, what: /do not end as the others do/u },
    { at: 442, to: 0xfe, what: /fewer bit planes than it says/u },
    { at: 433, to: 0xc0, what: /fewer bit planes than it says/u },
  ])("is seen by what an encoder writes of it at byte $at", async (change) => {
    const bytes = sample("jpeg-2000-lossless");
    bytes[change.at] = change.to;
    expect(await damageOf(bytes)).toMatch(change.what);
  });

  it("is said where the stream has fewer bits than the header says", async () => {
    const bytes = sample("jpeg-2000-lossy");
    expect((await readDicomPicture(bytes, LIMITS)).repaired).toBe(false);
    // Eleven bits a sample instead of twelve (Ssiz, T.800 A.5.1).
    expect(bytes[412]).toBe(11);
    bytes[412] = 10;
    expect((await readDicomPicture(bytes, LIMITS)).repaired).toBe(true);
  });

  it("is not looked for in headers that ask for more than a film has", () => {
    const bytes = sample("jpeg-2000-lossless");
    const start = bytes.indexOf(Buffer.from([0xff, 0x4f, 0xff, 0x51]));
    const stream = bytes.subarray(start);
    expect(findBlockDamage(stream, 0)).toBeNull();
    const cod = stream.indexOf(Buffer.from([0xff, 0x52]));
    // So many layers (SGcod), then precincts of one sample (Scod and SPcod).
    const layered = Buffer.from(stream);
    layered.writeUInt16BE(0xffff, cod + 6);
    expect(findBlockDamage(layered, 0)).toBeNull();
    // Room for four sizes of precincts behind the segment's fixed part.
    const split = Buffer.concat([
      stream.subarray(0, cod + 14),
      Buffer.alloc(4),
      stream.subarray(cod + 14),
    ]);
    split.writeUInt16BE(16, cod + 2);
    split.writeUInt8(1, cod + 4);
    expect(findBlockDamage(split, 0)).toBeNull();
  });
});
