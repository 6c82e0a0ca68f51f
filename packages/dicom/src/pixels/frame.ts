/**
 * One decoded frame before any meaning is given to its values: words as
 * stored, one a pixel (colour already turned to grey).
 */
export interface StoredFrame {
  width: number;
  height: number;
  /** `width * height` words; bits above `bitsStored` may carry something else. */
  words: Uint16Array;
  bitsStored: number;
  highBit: number;
  signed: boolean;
  wasColour: boolean;
  /** True where the bytes are not what the transfer syntax promises. */
  repaired: boolean;
  /** What is damaged in them, in words; null for nothing. */
  damage: string | null;
  /** False where the codec has nothing by which all damage would be noticed. */
  damageShows: boolean;
  /** Coded as differences, so that a wrong one moves all that comes after. */
  isOfDifferences: boolean;
}

/** What a codec hands back: interleaved samples of 8 or 16 bits. */
export interface CodecFrame {
  width: number;
  height: number;
  components: number;
  /** Bits a sample as the codestream states them. */
  bits: number;
  samples: Uint8Array | Uint16Array;
}

/**
 * Luma of ITU-R BT.601, the weights with which JPEG itself makes Y
 * (PS3.3 C.7.6.3.1.2 YBR_FULL); whole-number arithmetic, no rounding drift.
 */
export function luma(red: number, green: number, blue: number): number {
  return (red * 19_595 + green * 38_470 + blue * 7_471 + 32_768) >>> 16;
}

/** What the components of a picture are. */
export type ColourModel = "grey" | "rgb" | "ybr";

/** Share of the range by which grey saved as colour may be tinted. */
const GREY_TOLERANCE = 0.02;

/**
 * The model that the samples themselves show, where they are a grey picture in
 * colour: colour differences all in the middle (YBR), or three equal channels.
 * Headers and streams name the wrong one often enough. `stated` otherwise.
 */
export function colourModelOf(
  frame: CodecFrame,
  stated: "rgb" | "ybr",
): ColourModel {
  return greyModelOf(frame) ?? stated;
}

/** The model under which samples are a grey picture; null where they are none. */
export function greyModelOf(frame: CodecFrame): "rgb" | "ybr" | null {
  const { samples, bits } = frame;
  const middle = 2 ** (bits - 1);
  const tolerance = Math.max(2, 2 ** bits * GREY_TOLERANCE);
  let isNeutral = true;
  let isEqual = true;
  const step = 3 * Math.max(1, Math.trunc(samples.length / 3 / 20_000));
  for (let at = 0; at + 2 < samples.length; at += step) {
    const [a = 0, b = 0, c = 0] = [
      samples[at],
      samples[at + 1],
      samples[at + 2],
    ];
    isNeutral &&=
      Math.abs(b - middle) <= tolerance && Math.abs(c - middle) <= tolerance;
    isEqual &&= Math.max(a, b, c) - Math.min(a, b, c) <= tolerance;
    if (!isNeutral && !isEqual) return null;
  }
  // A flat grey picture is both; then nothing is lost either way.
  return isEqual ? "rgb" : "ybr";
}

/** Grey words of interleaved samples with one or three components. */
export function toGreyWords(
  frame: CodecFrame,
  model: ColourModel,
): Uint16Array {
  const { samples, components } = frame;
  if (components === 1) {
    return samples instanceof Uint16Array ? samples : Uint16Array.from(samples);
  }
  const words = new Uint16Array(frame.width * frame.height);
  for (let i = 0; i < words.length; i++) {
    const at = i * components;
    const first = samples[at] ?? 0;
    words[i] =
      model === "ybr"
        ? first
        : luma(first, samples[at + 1] ?? 0, samples[at + 2] ?? 0);
  }
  return words;
}

/** Samples that came plane by plane, pixel by pixel. */
export function interleave(frame: CodecFrame): CodecFrame {
  const area = frame.width * frame.height;
  const samples = frame.samples.slice();
  for (let i = 0; i < area; i++) {
    for (let c = 0; c < frame.components; c++) {
      samples[i * frame.components + c] = frame.samples[c * area + i] ?? 0;
    }
  }
  return { ...frame, samples };
}
