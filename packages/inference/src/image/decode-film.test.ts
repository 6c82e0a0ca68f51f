import sharp from "sharp";
import { describe, expect, it } from "vitest";

import { chestPixels } from "../../test-data/chest-drawing.ts";
import { decodeFilm } from "./decode-film.ts";

const SIDE = 64;
const grey8 = Uint8Array.from(chestPixels(SIDE, 255));
const grey16 = Uint16Array.from(chestPixels(SIDE, 65_535, [0, 1, 40_000]));

const raw = (channels: 1 | 2 | 3 | 4) => ({
  raw: { width: SIDE, height: SIDE, channels },
});

async function refusal(bytes: Uint8Array) {
  return decodeFilm(bytes).catch((error: unknown) => error);
}

describe("PNG and JPEG films", () => {
  it("keeps every value of an 8-bit grey PNG", async () => {
    const png = await sharp(grey8, raw(1))
      .toColourspace("b-w")
      .png()
      .toBuffer();
    const film = await decodeFilm(png);
    expect(film.pixels).toEqual(Uint16Array.from(grey8));
    expect(film).toMatchObject({
      format: "png",
      maxValue: 255,
      bitsStored: 8,
      window: { center: 128, width: 256 },
      warnings: [],
    });
  });

  it("keeps all 16 bits of a deep PNG", async () => {
    const png = await sharp(grey16, raw(1))
      .toColourspace("grey16")
      .png()
      .toBuffer();
    const film = await decodeFilm(png);
    expect(film.pixels).toEqual(grey16);
    expect(film.maxValue).toBe(65_535);
  });

  it("reads a grey picture saved as colour without a warning", async () => {
    const rgb = Uint8Array.from(
      { length: 3 * grey8.length },
      (_, i) => grey8[Math.trunc(i / 3)] ?? 0,
    );
    const film = await decodeFilm(await sharp(rgb, raw(3)).png().toBuffer());
    expect(film.pixels).toEqual(Uint16Array.from(grey8));
    expect(film.warnings).toEqual([]);
  });

  it("turns colour to grey and says so", async () => {
    const colour = { r: 200, g: 100, b: 50 };
    const png = await sharp({
      create: { width: SIDE, height: SIDE, channels: 3, background: colour },
    })
      .png()
      .toBuffer();
    const film = await decodeFilm(png);
    // BT.601: 0.299 · 200 + 0.587 · 100 + 0.114 · 50 = 124.2
    expect(film.pixels[0]).toBe(124);
    expect(film.warnings).toEqual(["colour-converted-to-grey"]);
  });

  it("lays transparency over black", async () => {
    const values = Uint8Array.from({ length: 2 * grey8.length }, (_, i) =>
      i % 2 === 0 ? 200 : 51,
    );
    const png = await sharp(values, raw(2)).png().toBuffer();
    // 200 · 51 / 255
    expect((await decodeFilm(png)).pixels[0]).toBe(40);
  });

  it("turns a JPEG as its EXIF orientation says", async () => {
    const wide = {
      width: 96,
      height: 64,
      channels: 3 as const,
      background: "#777",
    };
    const jpeg = await sharp({ create: wide })
      .jpeg()
      .withMetadata({ orientation: 6 })
      .toBuffer();
    const film = await decodeFilm(jpeg);
    expect([film.width, film.height, film.format]).toEqual([64, 96, "jpeg"]);
  });
});

describe("damaged pictures", () => {
  it("shows a PNG whose data no longer has its checksum, and says so", async () => {
    const png = await sharp(grey8, raw(1)).png().toBuffer();
    const at = png.indexOf("IDAT") + 20;
    png[at] = (png[at] ?? 0) ^ 1;
    const film = await decodeFilm(png);
    expect(film.warnings).toContain("damaged-picture");
    expect(film.damage).toMatch(/checksum of chunk IDAT/u);
  });

  it("shows a JPEG with overwritten data, and says what is wrong", async () => {
    const jpeg = await sharp(grey8, raw(1)).jpeg({ quality: 95 }).toBuffer();
    const middle = Math.trunc(jpeg.length * 0.7);
    for (let i = 0; i < 40; i++) jpeg[middle + i] = (i * 37 + 11) & 0xff;
    const film = await decodeFilm(jpeg);
    expect(film.warnings).toEqual(["damaged-picture"]);
    expect(film.damage).toBeTruthy();
  });
});

describe("depth of a deep PNG", () => {
  it("is that of its content", async () => {
    const ten = Uint16Array.from(chestPixels(SIDE, 951));
    const png = await sharp(ten, raw(1))
      .toColourspace("grey16")
      .png()
      .toBuffer();
    const film = await decodeFilm(png);
    expect(film).toMatchObject({ maxValue: 1023, bitsStored: 10 });
    expect(film.pixels).toEqual(ten);
  });
});

describe("what is not a film", () => {
  it.each([
    ["%PDF-1.7", "PDF"],
    ["II*\0aaaa", "TIFF"],
    ["GIF89a", "GIF"],
    ["PK\x03\x04", "ZIP"],
    ["\x1f\x8b\b", "gzip"],
    ["BM6", "BMP"],
    ["RIFFxxxxWEBP", "WebP"],
    ["<svg xmlns='x'/>", "SVG"],
    ["<!doctype html>", "web page"],
    ["name,label\n1,2\n", "plain text"],
    ["", "empty"],
    ["\0".repeat(600), "zeros"],
    ["\x00\x01\x02\x03\x04\x05\x06\x07", "no known picture format"],
  ])("names %j", async (content, word) => {
    const error = await refusal(Buffer.from(content, "latin1"));
    expect(error).toMatchObject({ code: "unsupported-format" });
    expect(String(error)).toContain(word);
  });

  it("goes by the bytes of a preamble that poses as another format", async () => {
    const file = Buffer.alloc(200);
    file.write("II*\0", 0, "latin1");
    file.write("DICM", 128, "latin1");
    expect(await refusal(file)).toMatchObject({ code: "no-pixels" });
  });

  it("refuses a PNG that claims 60,000 × 60,000 pixels", async () => {
    const png = await sharp(grey8, raw(1)).png().toBuffer();
    png.writeUInt32BE(60_000, 16);
    png.writeUInt32BE(60_000, 20);
    const error = await refusal(png);
    // The checksum of the changed header no longer fits: either is a refusal.
    expect(error).toHaveProperty(
      "code",
      expect.stringMatching(/too-large|unreadable/u),
    );
  });

  it("refuses a picture larger than the limit before decoding it", async () => {
    const png = await sharp({
      create: { width: 9000, height: 6000, channels: 3, background: "#000" },
    })
      .png()
      .toBuffer();
    expect(await refusal(png)).toMatchObject({ code: "too-large" });
  });

  it("refuses what takes more memory decoded than a film is worth", async () => {
    const png = await sharp({
      create: { width: 400, height: 400, channels: 4, background: "#345" },
    })
      .toColourspace("rgb16")
      .png()
      .toBuffer();
    // 400 · 400 · 4 channels · 2 bytes
    const outcome = decodeFilm(png, { maxDecodedBytes: 1_279_999 });
    await expect(outcome).rejects.toMatchObject({
      code: "too-large",
      message: expect.stringContaining("grey"),
    });
    const film = await decodeFilm(png, { maxDecodedBytes: 1_280_000 });
    expect(film.width).toBe(400);
  });

  it("shows what there is of a cut-off JPEG and a cut-off PNG, as damaged", async () => {
    const jpeg = await sharp(grey8, raw(1)).jpeg().toBuffer();
    const png = await sharp(grey8, raw(1)).png().toBuffer();
    for (const bytes of [jpeg, png]) {
      const half = bytes.subarray(0, bytes.length / 2);
      const film = await decodeFilm(half);
      expect(film.warnings).toContain("damaged-picture");
      expect(film.damage).toMatch(/cut off|ends before|end of the file/u);
      const start = bytes.subarray(0, 30);
      expect(await refusal(start)).toMatchObject({ code: "unreadable" });
    }
  });

  it("refuses a thumbnail of 32 pixels", async () => {
    const png = await sharp(grey8, raw(1)).resize(32).png().toBuffer();
    expect(await refusal(png)).toMatchObject({ code: "too-small" });
  });

  it("refuses a file beyond the size limit", async () => {
    const outcome = decodeFilm(new Uint8Array(100), { maxBytes: 10 });
    await expect(outcome).rejects.toMatchObject({ code: "too-large" });
  });

  it("has no loader but PNG and JPEG", async () => {
    const svg = Buffer.from(
      "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>",
    );
    await expect(sharp(svg).metadata()).rejects.toThrow("unsupported");
  });
});
