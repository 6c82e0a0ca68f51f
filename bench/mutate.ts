/** A damaged copy and what was done to it. */
export interface Mutation {
  bytes: Uint8Array;
  what: string;
}

/** Numbers 0 to 1 from a seed (mulberry32, public domain). */
export function seededNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A copy that was cut, overwritten in one place, or has flipped bits. */
export function mutate(bytes: Uint8Array, random: () => number): Mutation {
  const below = (limit: number): number => Math.trunc(random() * limit);
  const at = below(bytes.length);
  switch (below(4)) {
    case 0:
      return { bytes: bytes.subarray(0, at), what: `cut at ${String(at)}` };
    case 1: {
      const ended = Buffer.concat([
        bytes.subarray(0, at),
        Uint8Array.of(0xff, 0xd9),
      ]);
      return { bytes: ended, what: `cut at ${String(at)} with an end marker` };
    }
    case 2: {
      const length = 1 + below(100);
      const copy = Uint8Array.from(bytes);
      for (let i = 0; i < length && at + i < copy.length; i++) {
        copy[at + i] = below(256);
      }
      return {
        bytes: copy,
        what: `${String(length)} bytes overwritten at ${String(at)}`,
      };
    }
    default: {
      const copy = Uint8Array.from(bytes);
      const places = Array.from({ length: 1 + below(3) }, () =>
        below(copy.length),
      );
      for (const place of places) {
        copy[place] = (copy[place] ?? 0) ^ (1 << below(8));
      }
      return { bytes: copy, what: `bits flipped at ${places.join(", ")}` };
    }
  }
}
