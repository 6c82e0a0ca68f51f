import { readFileSync } from "node:fs";

import { describe, expect, it } from "vitest";

import { DEFAULT_PICTURE_LIMITS } from "../picture-limits.ts";
import { readDicomPicture } from "../picture.ts";

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
});
