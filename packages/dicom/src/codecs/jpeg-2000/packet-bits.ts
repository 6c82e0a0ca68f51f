/** Bits of a packet header; after a byte of ones the next has seven (T.800 B.10.1). */
export class PacketBits {
  readonly #bytes: Uint8Array;
  #at: number;
  #byte = 0;
  #left = 0;

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes;
    this.#at = at;
  }

  /** The next bit; zeros after the end of the data, which `end` then tells. */
  take(): number {
    if (this.#left === 0) {
      this.#left = this.#byte === 0xff ? 7 : 8;
      this.#byte = this.#bytes[this.#at] ?? 0;
      this.#at += 1;
    }
    this.#left -= 1;
    return (this.#byte >> this.#left) & 1;
  }

  takeMany(count: number): number {
    let value = 0;
    for (let i = 0; i < count; i++) value = 2 * value + this.take();
    return value;
  }

  /** Where the header ends: a last byte of ones is followed by a stuffed one. */
  end(): number {
    return this.#byte === 0xff ? this.#at + 1 : this.#at;
  }
}
