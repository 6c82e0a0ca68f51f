/**
 * States of the probability estimation (ITU-T T.800 table C.2), each with its
 * Qe, the states after a more and a less probable symbol, and 1 where the less
 * probable one turns the sense round.
 */
const STATES: readonly (readonly [number, number, number, 0 | 1])[] = [
  [0x5601, 1, 1, 1],
  [0x3401, 2, 6, 0],
  [0x1801, 3, 9, 0],
  [0x0ac1, 4, 12, 0],
  [0x0521, 5, 29, 0],
  [0x0221, 38, 33, 0],
  [0x5601, 7, 6, 1],
  [0x5401, 8, 14, 0],
  [0x4801, 9, 14, 0],
  [0x3801, 10, 14, 0],
  [0x3001, 11, 17, 0],
  [0x2401, 12, 18, 0],
  [0x1c01, 13, 20, 0],
  [0x1601, 29, 21, 0],
  [0x5601, 15, 14, 1],
  [0x5401, 16, 14, 0],
  [0x5101, 17, 15, 0],
  [0x4801, 18, 16, 0],
  [0x3801, 19, 17, 0],
  [0x3401, 20, 18, 0],
  [0x3001, 21, 19, 0],
  [0x2801, 22, 19, 0],
  [0x2401, 23, 20, 0],
  [0x2201, 24, 21, 0],
  [0x1c01, 25, 22, 0],
  [0x1801, 26, 23, 0],
  [0x1601, 27, 24, 0],
  [0x1401, 28, 25, 0],
  [0x1201, 29, 26, 0],
  [0x1101, 30, 27, 0],
  [0x0ac1, 31, 28, 0],
  [0x09c1, 32, 29, 0],
  [0x08a1, 33, 30, 0],
  [0x0521, 34, 31, 0],
  [0x0441, 35, 32, 0],
  [0x02a1, 36, 33, 0],
  [0x0221, 37, 34, 0],
  [0x0141, 38, 35, 0],
  [0x0111, 39, 36, 0],
  [0x0085, 40, 37, 0],
  [0x0049, 41, 38, 0],
  [0x0025, 42, 39, 0],
  [0x0015, 43, 40, 0],
  [0x0009, 44, 41, 0],
  [0x0005, 45, 42, 0],
  [0x0001, 45, 43, 0],
  [0x5601, 46, 46, 0],
];
const QE = Uint16Array.from(STATES, ([qe]) => qe);
const AFTER_MORE = Uint8Array.from(STATES, ([, more]) => more);
const AFTER_LESS = Uint8Array.from(STATES, ([, , less]) => less);
const TURNS = Uint8Array.from(STATES, ([, , , turns]) => turns);

/** Contexts that start in a state of their own, beside the first (table D.7). */
export const RUN_LENGTH = 17;
export const UNIFORM = 18;
const CONTEXTS = 19;

/**
 * An arithmetic decoder (T.800 annex C) that writes down at once what an encoder
 * would have made of the same decisions. Where the bytes are those of a whole
 * block both are the same to the last byte; a decoder that went astray ends
 * anywhere.
 */
export class MirroredCode {
  readonly #bytes: Uint8Array;
  readonly #state = new Uint8Array(CONTEXTS);
  readonly #sense = new Uint8Array(CONTEXTS);
  // The decoder's registers (figure C.20).
  #at = 0;
  #code = 0;
  #interval = 0x8000;
  #left = 0;
  // The encoder's (figure C.10), and the byte that a carry may still raise.
  #made: Uint8Array;
  #madeLength = 0;
  #pending = 0;
  #base = 0;
  #width = 0x8000;
  #room = 12;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#made = new Uint8Array(bytes.length + 16);
    this.resetContexts();
    this.#code = (this.#byteAt(0) << 16) >>> 0;
    this.#byteIn();
    this.#code = (this.#code << 7) >>> 0;
    this.#left -= 7;
  }

  /** All contexts as they are at the start of a block (table D.7). */
  resetContexts(): void {
    this.#state.fill(0);
    this.#sense.fill(0);
    this.#state[0] = 4;
    this.#state[RUN_LENGTH] = 3;
    this.#state[UNIFORM] = 46;
  }

  /** The next decision in a context (figure C.14). */
  decode(context: number): 0 | 1 {
    const state = this.#state[context] ?? 0;
    const sense = this.#sense[context] === 1 ? 1 : 0;
    const qe = QE[state] ?? 0;
    this.#interval -= qe;
    let isMore: boolean;
    if (this.#code >>> 16 < qe) {
      isMore = this.#interval < qe;
      this.#interval = qe;
    } else {
      this.#code = (this.#code - qe * 0x10000) >>> 0;
      if ((this.#interval & 0x8000) !== 0) {
        this.#encodeMore(qe);
        return sense;
      }
      isMore = this.#interval >= qe;
    }
    if (isMore) {
      this.#state[context] = AFTER_MORE[state] ?? 0;
      this.#encodeMore(qe);
    } else {
      if (TURNS[state] === 1) this.#sense[context] = 1 - sense;
      this.#state[context] = AFTER_LESS[state] ?? 0;
      this.#encodeLess(qe);
    }
    do {
      if (this.#left === 0) this.#byteIn();
      this.#interval <<= 1;
      this.#code = (this.#code << 1) >>> 0;
      this.#left -= 1;
    } while ((this.#interval & 0x8000) === 0);
    return isMore ? sense : sense === 1 ? 0 : 1;
  }

  /** What an encoder that ends as figure C.11 says would have written so far. */
  encoded(): Uint8Array {
    const bound = this.#base + this.#width;
    this.#base |= 0xffff;
    if (this.#base >= bound) this.#base -= 0x8000;
    for (let i = 0; i < 2; i++) {
      this.#base = (this.#base << this.#room) >>> 0;
      this.#byteOut();
    }
    // A last byte of ones is left out; the decoder sees ones after the end.
    if (this.#pending !== 0xff) this.#put();
    // The first byte stands before the block: there is no carry out of it.
    return this.#made.subarray(1, this.#madeLength);
  }

  #byteAt(at: number): number {
    return this.#bytes[at] ?? 0xff;
  }

  #byteIn(): void {
    const next = this.#byteAt(this.#at + 1);
    if (this.#byteAt(this.#at) !== 0xff) {
      this.#at += 1;
      this.#code = (this.#code + (next << 8)) >>> 0;
      this.#left = 8;
    } else if (next > 0x8f) {
      this.#code = (this.#code + 0xff00) >>> 0;
      this.#left = 8;
    } else {
      this.#at += 1;
      this.#code = (this.#code + (next << 9)) >>> 0;
      this.#left = 7;
    }
  }

  #encodeMore(qe: number): void {
    this.#width -= qe;
    if ((this.#width & 0x8000) !== 0) {
      this.#base += qe;
      return;
    }
    if (this.#width < qe) this.#width = qe;
    else this.#base += qe;
    this.#renormalise();
  }

  #encodeLess(qe: number): void {
    this.#width -= qe;
    if (this.#width < qe) this.#base += qe;
    else this.#width = qe;
    this.#renormalise();
  }

  #renormalise(): void {
    do {
      this.#width <<= 1;
      this.#base = (this.#base << 1) >>> 0;
      this.#room -= 1;
      if (this.#room === 0) this.#byteOut();
    } while ((this.#width & 0x8000) === 0);
  }

  /** Figure C.8: a byte leaves; after one of all ones only seven bits do. */
  #byteOut(): void {
    if (this.#pending !== 0xff && this.#base >= 0x8000000) {
      this.#pending += 1;
      this.#base -= 0x8000000;
    }
    const isStuffed = this.#pending === 0xff;
    this.#put();
    const bits = isStuffed ? 20 : 19;
    this.#pending = this.#base >>> bits;
    this.#base &= 2 ** bits - 1;
    this.#room = isStuffed ? 7 : 8;
  }

  #put(): void {
    if (this.#madeLength === this.#made.length) {
      const wider = new Uint8Array(2 * this.#made.length);
      wider.set(this.#made);
      this.#made = wider;
    }
    this.#made[this.#madeLength++] = this.#pending;
  }
}
