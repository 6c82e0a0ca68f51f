import { filmElements, writeDicom } from "@lung-iris/dicom/writer";
import sharp from "sharp";
import { describe, expect, it } from "vitest";

import { decodedBytes } from "./decoded-size.ts";

const create = { width: 300, height: 200, channels: 3, background: "#345" };

describe("the size of a film before it is decoded", () => {
  it("is that of all samples of a PNG", async () => {
    const png = sharp({ create: { ...create, channels: 3 } }).png();
    expect(decodedBytes(await png.toBuffer())).toBe(300 * 200 * 3);
    const rgba16 = sharp({ create: { ...create, channels: 4 } })
      .toColourspace("rgb16")
      .png();
    expect(decodedBytes(await rgba16.toBuffer())).toBe(300 * 200 * 8);
  });

  it("is that of all samples of a JPEG", async () => {
    const jpeg = sharp({ create: { ...create, channels: 3 } }).jpeg();
    expect(decodedBytes(await jpeg.toBuffer())).toBe(300 * 200 * 3);
  });

  it("is that of the words of a DICOM film, in any encoding", () => {
    const elements = filmElements({
      rows: 40,
      columns: 60,
      pixels: new Array<number>(2400).fill(7),
    });
    for (const transferSyntax of [
      "1.2.840.10008.1.2",
      "1.2.840.10008.1.2.1",
      "1.2.840.10008.1.2.2",
    ]) {
      const film = writeDicom(elements, { transferSyntax });
      expect(decodedBytes(film)).toBe(40 * 60 * 2);
    }
  });

  it("is unknown of what shows none", () => {
    expect(decodedBytes(Buffer.from("nothing of the kind"))).toBe(Infinity);
  });
});
