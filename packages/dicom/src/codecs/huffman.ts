import { DicomError } from "../errors.ts";

const LOOKUP_BITS = 9;

/**
 * A JPEG Huffman table (ITU-T T.81 annex C and F.2.2.3): codes of up to nine
 * bits by one look-up, longer ones by comparing with the largest code of each
 * length.
 */
export class HuffmanTable {
  /** Code length × 256 + symbol for the next nine bits; 0 where longer. */
  readonly #lookup = new Uint16Array(1 << LOOKUP_BITS);
  readonly #maxCode = new Int32Array(18).fill(-1);
  readonly #offset = new Int32Array(17);
  readonly #symbols: Uint8Array;
  /** How often each symbol was read so far. */
  readonly uses = new Uint32Array(256);
  /** Bits of each symbol's code. */
  readonly lengths = new Map<number, number>();

  /**
   * @param counts number of codes of length 1 to 16.
   * @throws DicomError `unreadable` where the lengths overflow the code space.
   */
  constructor(counts: Uint8Array, symbols: Uint8Array) {
    this.#symbols = symbols;
    let code = 0;
    let index = 0;
    for (let length = 1; length <= 16; length++) {
      const count = counts[length - 1] ?? 0;
      this.#offset[length] = index - code;
      if (code + count > 1 << length) {
        throw new DicomError(
          "unreadable",
          "A Huffman table of the JPEG stream has more codes than fit.",
        );
      }
      for (let i = 0; i < count; i++, code++, index++) {
        this.#enter(code, length, symbols[index] ?? 0);
      }
      if (count > 0) this.#maxCode[length] = code - 1;
      code <<= 1;
    }
  }

  #enter(code: number, length: number, symbol: number): void {
    this.lengths.set(symbol, length);
    if (length > LOOKUP_BITS) return;
    const spare = LOOKUP_BITS - length;
    const from = code << spare;
    this.#lookup.fill(length * 256 + symbol, from, from + (1 << spare));
  }

  /** Next symbol of the stream. */
  decode(bits: BitReader): number {
    const entry = this.#lookup[bits.peek(LOOKUP_BITS)] ?? 0;
    if (entry !== 0) {
      bits.skip(entry >> 8);
      return this.#used(entry & 255);
    }
    for (let length = LOOKUP_BITS + 1; length <= 16; length++) {
      const code = bits.peek(length);
      if (code <= (this.#maxCode[length] ?? -1)) {
        bits.skip(length);
        return this.#used(
          this.#symbols[code + (this.#offset[length] ?? 0)] ?? 0,
        );
      }
    }
    throw new DicomError(
      "unreadable",
      "The JPEG stream has a code that is in none of its tables.",
    );
  }

  #used(symbol: number): number {
    this.uses[symbol] = (this.uses[symbol] ?? 0) + 1;
    return symbol;
  }
}

/** Bits of an entropy-coded segment; stuffed zero bytes are removed (T.81 F.1.2.3). */
export class BitReader {
  readonly #bytes: Uint8Array;
  #at: number;
  #buffer = 0;
  #available = 0;
  /** Bits handed out after the data ended; a few are normal, more mean a cut file. */
  #invented = 0;

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes;
    this.#at = at;
  }

  /** The next `count` bits (at most 16) without taking them. */
  peek(count: number): number {
    while (this.#available < count) this.#fill();
    return (this.#buffer >>> (this.#available - count)) & ((1 << count) - 1);
  }

  skip(count: number): void {
    this.#available -= count;
  }

  /** Takes a value of `size` bits and extends its sign (T.81 F.2.2.1). */
  receiveExtend(size: number): number {
    if (size === 0) return 0;
    const value = this.peek(size);
    this.skip(size);
    return value < 1 << (size - 1) ? value - (1 << size) + 1 : value;
  }

  /** Takes `count` bits as they are. */
  take(count: number): number {
    if (count === 0) return 0;
    const value = this.peek(count);
    this.skip(count);
    return value;
  }

  /**
   * Where the segment ends, seen from what was taken: bits that were not there
   * (`overrun`), bytes that nobody asked for (`spare`), and whether the bits
   * that fill the last byte are all the same, as every encoder writes them.
   */
  atEnd(): {
    overrun: boolean;
    spare: number;
    evenFill: boolean;
    markerAt: number;
  } {
    const unread = this.#available - 8 * this.#invented;
    let markerAt = this.#at;
    while (markerAt < this.#bytes.length && !this.#isMarker(markerAt)) {
      markerAt += this.#bytes[markerAt] === 0xff ? 2 : 1;
    }
    const fillBits = Math.max(0, unread) & 7;
    const mask = (1 << fillBits) - 1;
    const fill =
      (this.#buffer >>> Math.max(0, this.#available - fillBits)) & mask;
    return {
      overrun: unread < 0,
      spare: (Math.max(0, unread) >> 3) + markerAt - this.#at,
      evenFill: fill === 0 || fill === mask,
      markerAt,
    };
  }

  /** The next restart marker's number, taken; null where none stands there. */
  takeRestart(): number | null {
    const { markerAt, overrun, spare } = this.atEnd();
    const marker = this.#bytes[markerAt + 1] ?? 0;
    this.#available = 0;
    this.#buffer = 0;
    this.#invented = 0;
    if (overrun || spare > 0 || (marker & 0xf8) !== 0xd0) return null;
    this.#at = markerAt + 2;
    return marker & 7;
  }

  #isMarker(at: number): boolean {
    return this.#bytes[at] === 0xff && this.#bytes[at + 1] !== 0;
  }

  /** Moves past the next restart marker, if one is there. */
  restart(): void {
    this.#available = 0;
    this.#buffer = 0;
    const isMarker =
      this.#bytes[this.#at] === 0xff &&
      ((this.#bytes[this.#at + 1] ?? 0) & 0xf8) === 0xd0;
    if (isMarker) this.#at += 2;
  }

  #fill(): void {
    this.#buffer = ((this.#buffer << 8) | this.#nextByte()) & 0x00ffffff;
    this.#available += 8;
  }

  #nextByte(): number {
    const byte = this.#bytes[this.#at];
    const isMarker = byte === 0xff && this.#bytes[this.#at + 1] !== 0;
    if (byte === undefined || isMarker) {
      this.#invented += 1;
      if (this.#invented > 64) {
        throw new DicomError(
          "unreadable",
          "The JPEG stream ends before the picture is complete.",
        );
      }
      return 0;
    }
    this.#at += byte === 0xff ? 2 : 1;
    return byte;
  }
}

/**
 * Asks that the entropy-coded data ends where the picture does: a damaged code
 * from which the rest recovered leaves bits over or runs out of them.
 *
 * @throws DicomError `unreadable`.
 */
export function mustEnd(bits: BitReader): void {
  const { overrun, spare, evenFill } = bits.atEnd();
  // One byte of padding to an even length is no picture data.
  if (!overrun && spare <= 1 && evenFill) return;
  throw new DicomError(
    "unreadable",
    "The JPEG stream is damaged: its codes do not end where the picture does.",
  );
}
