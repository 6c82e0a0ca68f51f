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

/** Grey words of interleaved samples with one or three components. */
export function toGreyWords(frame: CodecFrame): Uint16Array {
  const { samples, components } = frame;
  if (components === 1) {
    return samples instanceof Uint16Array ? samples : Uint16Array.from(samples);
  }
  const words = new Uint16Array(frame.width * frame.height);
  for (let i = 0; i < words.length; i++) {
    const at = i * components;
    words[i] = luma(
      samples[at] ?? 0,
      samples[at + 1] ?? 0,
      samples[at + 2] ?? 0,
    );
  }
  return words;
}
