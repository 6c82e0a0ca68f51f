import { existsSync, readFileSync } from "node:fs";

import { describe, expect, it } from "vitest";

import { InferenceError } from "../errors.ts";
import { decodeFilm } from "./decode-film.ts";
import type { Film } from "../types.ts";

const FOLDER = new URL("../../../../../shared/data/dicom/", import.meta.url);
const isHere = existsSync(FOLDER);

const read = (name: string): Uint8Array => readFileSync(new URL(name, FOLDER));

const RSNA =
  "torchxrayvision__1.2.276.0.7230010.3.1.4.8323329.6904.1517875201.850819.dcm";

describe.skipIf(!isHere)(
  "real DICOM films (skipped without ../shared/data/dicom)",
  () => {
    it.each([
      ["AIHCND_C2_Starter__test1.dcm", 1024, 1024, 255],
      ["AIHCND_C2_Starter__test2.dcm", 1024, 1024, 255],
      ["AIHCND_C2_Starter__test3.dcm", 1024, 1024, 255],
      ["AIHCND_C2_Starter__test4.dcm", 1024, 1024, 255],
      [RSNA, 1024, 1024, 255],
      ["dwv__gdcm-CR-MONO1-10-chest.dcm", 440, 440, 1023],
      ["pydicom-data__RG1_J2KI.dcm", 1841, 1955, 32_767],
    ])("reads %s as its header says", async (name, width, height, maxValue) => {
      const film = await decodeFilm(read(name));
      expect(film).toMatchObject({ width, height, maxValue, warnings: [] });
      expect(film.pixels).toHaveLength(width * height);
    });

    it("notices that Fake_MONOHR1 is not inverted, and gives the true film", async () => {
      const fake = await decodeFilm(read("torchxrayvision__Fake_MONOHR1.dcm"));
      const real = await decodeFilm(read(RSNA));
      expect(fake.warnings).toEqual(["photometric-tag-contradicts-pixels"]);
      // Bytes, because comparing a million numbers one by one takes long.
      const bytesOf = (film: Film): Buffer => Buffer.from(film.pixels.buffer);
      expect(bytesOf(fake).equals(bytesOf(real))).toBe(true);
    });

    it("undoes the MONOCHROME1 of a 10-bit film", async () => {
      // pydicom reads stored values 0 to 979; 1023 − 979 is 44.
      const { pixels } = await decodeFilm(
        read("dwv__gdcm-CR-MONO1-10-chest.dcm"),
      );
      expect(pixels.reduce((a, b) => Math.min(a, b))).toBe(44);
      expect(pixels.reduce((a, b) => Math.max(a, b))).toBe(1023);
    });

    it("reads eleven fragments of JPEG 2000 as one picture", async () => {
      // pydicom reads stored values 803 to 26,512 of 15 bits.
      const { pixels } = await decodeFilm(read("pydicom-data__RG1_J2KI.dcm"));
      expect(pixels.reduce((a, b) => Math.min(a, b))).toBe(32_767 - 26_512);
      expect(pixels.reduce((a, b) => Math.max(a, b))).toBe(32_767 - 803);
    });

    it.each([
      [
        "cornerstone3D__CTImage.dcm_JPEG2000LosslessOnlyTransferSyntax_1.2.840.10008.1.2.4.90.dcm",
        "not-a-radiograph",
      ],
      ["fo-dicom__chrJapMulti.dcm", "no-pixels"],
    ])("refuses %s as %s", async (name, code) => {
      const error = await decodeFilm(read(name)).catch(
        (caught: unknown) => caught,
      );
      expect(error).toBeInstanceOf(InferenceError);
      expect(error).toMatchObject({ code });
    });
  },
);
