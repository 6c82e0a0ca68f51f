import { MirroredCode, RUN_LENGTH, UNIFORM } from "./arithmetic-code.ts";

/** What a subband's coefficients are high-pass of (T.800 B.5). */
export type Orientation = "LL" | "HL" | "LH" | "HH";

/** One code-block as its packets tell of it. */
export interface CodeBlock {
  orientation: Orientation;
  width: number;
  height: number;
  /** Coding passes: a clean-up, then three for each further bit plane. */
  passes: number;
  bytes: Uint8Array;
}

/** Options of T.800 table A.19 that change how a block is read. */
export interface BlockStyle {
  resetsContexts: boolean;
  marksSegments: boolean;
}

/** A clean-up and three passes for each further of 37 planes, the most there are. */
const MOST_PASSES = 109;

/** What a block's own bytes say of it. */
export interface BlockEnd {
  /** The bytes are those that an encoder makes of what they decode to. */
  isExact: boolean;
  /** The first bit plane has no coefficient, or a mark at a plane's end is wrong. */
  isImpossible: boolean;
}

/** Zero-coding contexts by horizontal, vertical and diagonal neighbours (table D.1). */
function zeroCoding(across: number, down: number, diagonal: number): number {
  if (across === 2) return 8;
  if (across === 1) return down > 0 ? 7 : diagonal > 0 ? 6 : 5;
  if (down > 0) return 2 + down;
  return Math.min(2, diagonal);
}

function zeroCodingDiagonal(beside: number, diagonal: number): number {
  if (diagonal >= 3) return 8;
  if (diagonal === 2) return beside > 0 ? 7 : 6;
  if (diagonal === 1) return 3 + Math.min(2, beside);
  return Math.min(2, beside);
}

/** By orientation: index = across * 15 + down * 5 + diagonal. */
function contextTable(orientation: Orientation): Uint8Array {
  const table = new Uint8Array(45);
  for (let across = 0; across < 3; across++) {
    for (let down = 0; down < 3; down++) {
      for (let diagonal = 0; diagonal < 5; diagonal++) {
        table[across * 15 + down * 5 + diagonal] =
          orientation === "HH"
            ? zeroCodingDiagonal(across + down, diagonal)
            : orientation === "HL"
              ? zeroCoding(down, across, diagonal)
              : zeroCoding(across, down, diagonal);
      }
    }
  }
  return table;
}
const CONTEXT_TABLES: Record<Orientation, Uint8Array> = {
  LL: contextTable("LL"),
  HL: contextTable("HL"),
  LH: contextTable("LH"),
  HH: contextTable("HH"),
};
/** Sign contexts (table D.3): index = (across + 1) * 3 + down + 1. */
const SIGN_CONTEXT = Uint8Array.of(13, 12, 11, 10, 9, 10, 11, 12, 13);
const SIGN_TURNS = Uint8Array.of(1, 1, 1, 1, 0, 0, 0, 0, 0);

/**
 * Walks the coding passes of a block (T.800 annex D): which coefficients become
 * significant and with which sign. Magnitudes decide no later code and are not
 * kept.
 */
export function walkBlock(block: CodeBlock, style: BlockStyle): BlockEnd {
  if (block.passes > MOST_PASSES) return { isExact: false, isImpossible: true };
  const walk = new BlockWalk(block);
  let isImpossible = false;
  for (let pass = 0; pass < block.passes; pass++) {
    // A clean-up first; then significance, refinement, clean-up in turn.
    const kind = (pass + 2) % 3;
    if (kind === 0) walk.significance();
    else if (kind === 1) walk.refinement();
    else {
      walk.cleanUp();
      if (style.marksSegments && !walk.hasMark()) isImpossible = true;
      // Nobody counts a plane in which there is nothing.
      if (pass === 0 && !walk.isAnySignificant) isImpossible = true;
    }
    if (style.resetsContexts) walk.code.resetContexts();
  }
  return {
    isExact: isSame(walk.code.encoded(), block.bytes),
    isImpossible,
  };
}

function isSame(made: Uint8Array, given: Uint8Array): boolean {
  // Ones at the end are left out or written, and read the same.
  let length = given.length;
  while (length > 0 && given[length - 1] === 0xff) length -= 1;
  let own = made.length;
  while (own > 0 && made[own - 1] === 0xff) own -= 1;
  if (own !== length) return false;
  for (let i = 0; i < length; i++) if (made[i] !== given[i]) return false;
  return true;
}

class BlockWalk {
  readonly code: MirroredCode;
  isAnySignificant = false;
  readonly #width: number;
  readonly #height: number;
  readonly #stride: number;
  readonly #contexts: Uint8Array;
  /** 0, or the sign of a significant coefficient; one more all around. */
  readonly #sign: Int8Array;
  /** Coded in the significance pass of this plane. */
  readonly #visited: Uint8Array;
  readonly #refined: Uint8Array;

  constructor({ bytes, width, height, orientation }: CodeBlock) {
    this.code = new MirroredCode(bytes);
    this.#width = width;
    this.#height = height;
    this.#stride = width + 2;
    this.#contexts = CONTEXT_TABLES[orientation];
    const cells = this.#stride * (height + 2);
    this.#sign = new Int8Array(cells);
    this.#visited = new Uint8Array(cells);
    this.#refined = new Uint8Array(cells);
  }

  significance(): void {
    this.#eachCell((at) => {
      if (this.#sign[at] !== 0) return;
      const context = this.#zeroContext(at);
      if (context === 0) return;
      this.#visited[at] = 1;
      if (this.code.decode(context) === 1) this.#becomeSignificant(at);
    });
  }

  refinement(): void {
    this.#eachCell((at) => {
      if (this.#sign[at] === 0 || this.#visited[at] === 1) return;
      const isFirst = this.#refined[at] === 0;
      const context = !isFirst ? 16 : this.#zeroContext(at) === 0 ? 14 : 15;
      this.code.decode(context);
      this.#refined[at] = 1;
    });
  }

  cleanUp(): void {
    for (let top = 0; top < this.#height; top += 4) {
      const rows = Math.min(4, this.#height - top);
      for (let x = 0; x < this.#width; x++) {
        const at = (top + 1) * this.#stride + x + 1;
        let row = 0;
        if (rows === 4 && this.#isQuiet(at)) {
          if (this.code.decode(RUN_LENGTH) === 0) continue;
          row = 2 * this.code.decode(UNIFORM);
          row += this.code.decode(UNIFORM);
          this.#becomeSignificant(at + row * this.#stride);
          row += 1;
        }
        for (; row < rows; row++) this.#cleanUpOne(at + row * this.#stride);
      }
    }
    this.#visited.fill(0);
  }

  /** The four decisions 1, 0, 1, 0 at the end of a plane (D.5). */
  hasMark(): boolean {
    let mark = 0;
    for (let i = 0; i < 4; i++) mark = 2 * mark + this.code.decode(UNIFORM);
    return mark === 0b1010;
  }

  #eachCell(visit: (at: number) => void): void {
    for (let top = 0; top < this.#height; top += 4) {
      const rows = Math.min(4, this.#height - top);
      for (let x = 0; x < this.#width; x++) {
        let at = (top + 1) * this.#stride + x + 1;
        for (let row = 0; row < rows; row++, at += this.#stride) visit(at);
      }
    }
  }

  #isQuiet(at: number): boolean {
    for (let row = 0; row < 4; row++) {
      const cell = at + row * this.#stride;
      if (this.#sign[cell] !== 0 || this.#visited[cell] === 1) return false;
      if (this.#zeroContext(cell) !== 0) return false;
    }
    return true;
  }

  #cleanUpOne(at: number): void {
    if (this.#sign[at] !== 0 || this.#visited[at] === 1) return;
    if (this.code.decode(this.#zeroContext(at)) === 1) {
      this.#becomeSignificant(at);
    }
  }

  #zeroContext(at: number): number {
    const sign = this.#sign;
    const above = at - this.#stride;
    const below = at + this.#stride;
    const across = (sign[at - 1] === 0 ? 0 : 1) + (sign[at + 1] === 0 ? 0 : 1);
    const down = (sign[above] === 0 ? 0 : 1) + (sign[below] === 0 ? 0 : 1);
    const diagonal =
      (sign[above - 1] === 0 ? 0 : 1) +
      (sign[above + 1] === 0 ? 0 : 1) +
      (sign[below - 1] === 0 ? 0 : 1) +
      (sign[below + 1] === 0 ? 0 : 1);
    return this.#contexts[across * 15 + down * 5 + diagonal] ?? 0;
  }

  #becomeSignificant(at: number): void {
    const sign = this.#sign;
    const one = (sum: number): number => Math.max(-1, Math.min(1, sum));
    const across = one((sign[at - 1] ?? 0) + (sign[at + 1] ?? 0));
    const down = one(
      (sign[at - this.#stride] ?? 0) + (sign[at + this.#stride] ?? 0),
    );
    const index = (across + 1) * 3 + down + 1;
    const bit = this.code.decode(SIGN_CONTEXT[index] ?? 9);
    const isNegative = bit !== (SIGN_TURNS[index] ?? 0);
    sign[at] = isNegative ? -1 : 1;
    this.isAnySignificant = true;
  }
}
