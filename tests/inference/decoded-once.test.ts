import { mkdtemp, readdir, rm, truncate } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import {
  createInferencePool,
  type Assessment,
  type InferencePool,
} from "@lung-iris/inference";
import {
  encodePhantomDicom,
  encodePhantomJpeg,
  encodePhantomPng,
  makePhantom,
} from "@lung-iris/phantom";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const chest = makePhantom({ seed: 11, size: 384, pathology: "consolidation" });
const person = { familyName: "DOE", givenName: "JANE", id: "1" };
const films: [string, () => Promise<Uint8Array>][] = [
  ["PNG of 16 bits", () => encodePhantomPng(chest)],
  ["JPEG", () => encodePhantomJpeg(chest, { quality: 92 })],
  [
    "DICOM",
    () => Promise.resolve(encodePhantomDicom(chest, { ...person, sex: "F" })),
  ],
];

describe("a film that was left decoded", () => {
  let pool: InferencePool;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "lung-iris-decoded-"));
    pool = await createInferencePool({ engine: "wasm", threads: 1 });
  }, 120_000);
  afterAll(async () => {
    await pool.close();
    await rm(folder, { recursive: true });
  });

  const leave = async (bytes: Uint8Array): Promise<string> => {
    const keepAt = join(folder, "film");
    await pool.inspect(bytes, { keepAt });
    return keepAt;
  };
  const assess = async (
    bytes: Uint8Array,
    keptAt: string | null,
  ): Promise<Assessment> => {
    const lies = { turns: 1, isMirrored: true } as const;
    const said = await pool.assess(bytes, {}, "may-be-overruled", lies, keptAt);
    // How long it took is another each time.
    return { ...said.assessment, milliseconds: 0 };
  };

  it.each(films)(
    "is assessed as from its bytes, to the last digit: %s",
    async (_, make) => {
      const bytes = await make();
      const kept = await leave(bytes);
      // Without its bytes: nothing else can have been read.
      expect(await assess(new Uint8Array(), kept)).toEqual(
        await assess(bytes, null),
      );
    },
    60_000,
  );

  it("is decoded from its bytes where the file is cut or away", async () => {
    const bytes = await encodePhantomPng(chest);
    const kept = await leave(bytes);
    const whole = await assess(bytes, kept);
    for (const length of [100_000, 3, 0]) {
      await truncate(kept, length);
      expect(await assess(bytes, kept)).toEqual(whole);
    }
    expect(await assess(bytes, join(folder, "nowhere"))).toEqual(whole);
  }, 60_000);

  it("is taken in where the disk will not have it", async () => {
    const bytes = await encodePhantomPng(chest);
    const keepAt = join(folder, "no-such-folder", "film");
    expect(await pool.inspect(bytes, { keepAt })).toMatchObject({
      format: "png",
    });
    expect(await readdir(folder)).not.toContain("no-such-folder");
  });
});
