import { randomStream } from "@lung-iris/phantom";
import { describe, expect, it } from "vitest";
import { KnownValues } from "./known-values.ts";
import { PixelBytes } from "./raw-text.ts";

const NUMBER = "7733991122";
const NAME = "nguyenthihoa";

describe("values in pixels", () => {
  const known = new KnownValues();
  known.add("RECORD_NUMBER", NUMBER);
  known.addName(["Nguyen", "Thi Hoa"]);
  const pixels = new PixelBytes(known);

  /** Noise of every byte there is, with a text written over it. */
  function noiseWith(text: string, at: number, stride: number): Uint8Array {
    const random = randomStream(at + stride, "noise");
    const bytes = Uint8Array.from({ length: 400 }, () => random.below(256));
    // What stands before it is no letter of it.
    if (at >= stride) bytes[at - stride] = 0;
    for (let place = 0; place < text.length; place += 1)
      bytes[at + place * stride] = text.charCodeAt(place);
    const after = at + text.length * stride;
    if (after < bytes.length) bytes[after] = 0;
    return bytes;
  }

  it("are found wherever they begin, a letter a byte or a sample", () => {
    for (const stride of [1, 2])
      for (let at = 0; at < 40; at += 1) {
        const found = pixels.find(noiseWith(NUMBER, at, stride));
        expect([...found], `${String(at)} ${String(stride)}`).toEqual([
          "RECORD_NUMBER",
        ]);
        expect(pixels.find(noiseWith("7733991123", at, stride)).size).toBe(0);
      }
  });

  it("are found at the very end, and in capitals", () => {
    for (const stride of [1, 2]) {
      const at = 400 - NAME.length * stride;
      const bytes = noiseWith(NAME.toUpperCase(), at, stride);
      expect([...pixels.find(bytes)]).toEqual(["NAME"]);
    }
  });

  it("are found where other letters stand before them", () => {
    for (let before = 0; before < 12; before += 1) {
      const text = `${"abc".repeat(4).slice(0, before)}${NAME}`;
      expect([...pixels.find(noiseWith(text, 50, 1))]).toEqual(["NAME"]);
    }
  });

  it("are not made of pixels that hold none", () => {
    const random = randomStream(5, "plain");
    const noise = Uint8Array.from({ length: 100_000 }, () => random.below(256));
    expect(pixels.find(noise).size).toBe(0);
  });
});
