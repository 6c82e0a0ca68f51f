/** A stream of pseudo-random numbers that belongs to one purpose. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** Uniform in [low, high). */
  between(low: number, high: number): number;
  /** Normal with mean 0 and standard deviation 1, cut at ±3. */
  normal(): number;
  /** A whole number in [0, count). */
  below(count: number): number;
  /** True with the given probability. */
  chance(probability: number): boolean;
}

/** 32-bit FNV-1a of a purpose's name, so that each purpose has its own stream. */
function hashName(name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) {
    hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  }
  return hash >>> 0;
}

/**
 * Final mixer of MurmurHash3 (public domain, A. Appleby): spreads neighbouring
 * seeds over all 32 bits.
 */
export function mix32(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/**
 * The stream of one purpose of one seed. A purpose draws only from its own
 * stream, so adding an opacity does not move a rib: the healthy twin of a film
 * differs from it in the opacity alone.
 *
 * The generator is mulberry32 (public domain, T. Ettinger): integer operations
 * only, the same on every platform.
 */
export function randomStream(seed: number, purpose: string): Random {
  let state = mix32(mix32(seed) ^ hashName(purpose));
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const normal = (): number => {
    // Sum of twelve uniforms: variance 1, no call into a maths library.
    let sum = -6;
    for (let i = 0; i < 12; i++) sum += next();
    return Math.max(-3, Math.min(3, sum));
  };
  return {
    next,
    normal,
    between: (low, high) => low + (high - low) * next(),
    below: (count) => Math.floor(next() * count),
    chance: (probability) => next() < probability,
  };
}

/** The stream of something that differs from one visit of a patient to the next. */
export function visitStream(
  which: { readonly seed: number; readonly visit?: number },
  purpose: string,
): Random {
  const visit = which.visit ?? 0;
  return randomStream(
    which.seed,
    visit === 0 ? purpose : `${purpose} at visit ${visit}`,
  );
}
