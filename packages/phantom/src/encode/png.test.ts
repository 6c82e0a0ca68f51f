import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { makePhantom } from "../make-phantom.ts";
import { encodePhantomJpeg, encodePhantomPng } from "./png.ts";

const film = makePhantom({ seed: 3, width: 120, height: 96 });

describe("encodePhantomPng", () => {
  it("keeps every pixel's twelve bits in a grey PNG of sixteen", async () => {
    const bytes = await encodePhantomPng(film, { bits: 16 });
    const image = sharp(bytes);
    expect(await image.metadata()).toMatchObject({
      format: "png",
      width: 120,
      height: 96,
      channels: 1,
      depth: "ushort",
    });
    const raw = await image
      .toColourspace("grey16")
      .raw({ depth: "ushort" })
      .toBuffer();
    const stored = new Uint16Array(raw.buffer, raw.byteOffset, raw.length / 2);
    // 65535 / 4095, whole part: 16.
    expect(stored).toEqual(film.pixels.map((value) => value * 16));
  });

  it("rounds to eight bits when asked to", async () => {
    const bytes = await encodePhantomPng(film, { bits: 8 });
    expect((await sharp(bytes).metadata()).channels).toBe(1);
    const { data } = await sharp(bytes)
      .toColourspace("b-w")
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect([...data]).toEqual(
      [...film.pixels].map((value) => Math.round((value * 255) / 4095)),
    );
  });
});

describe("encodePhantomJpeg", () => {
  it("comes back within the losses of JPEG", async () => {
    const bytes = await encodePhantomJpeg(film, { quality: 92 });
    expect((await sharp(bytes).metadata()).channels).toBe(1);
    const { data } = await sharp(bytes)
      .toColourspace("b-w")
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect(data.length).toBe(120 * 96);
    let error = 0;
    data.forEach((value, i) => {
      error += Math.abs(value - ((film.pixels[i] ?? 0) * 255) / 4095);
    });
    expect(error / data.length).toBeLessThan(3);
  });
});
