/** One film in another's look. */

const LEVELS = 256;

/** Cumulative shares of grey levels. */
function cumulative(grey: Float32Array): Float32Array {
  const counts = new Float32Array(LEVELS);
  for (const value of grey) {
    const level = Math.min(LEVELS - 1, Math.max(0, Math.floor(value * LEVELS)));
    counts[level] = (counts[level] ?? 0) + 1;
  }
  let sum = 0;
  return counts.map((count) => (sum += count) / grey.length);
}

/**
 * Gives the film the other's distribution of grey levels, by `strength` of
 * the way.
 */
export function transferHistogram(
  grey: Float32Array,
  other: Float32Array,
  strength: number,
): void {
  const own = cumulative(grey);
  const wanted = cumulative(other);
  const curve = new Float32Array(LEVELS);
  let level = 0;
  for (let at = 0; at < LEVELS; at += 1) {
    while (level < LEVELS - 1 && (wanted[level] ?? 1) < (own[at] ?? 0)) {
      level += 1;
    }
    curve[at] = level / (LEVELS - 1);
  }
  for (let at = 0; at < grey.length; at += 1) {
    const value = grey[at] ?? 0;
    const u = Math.min(1, Math.max(0, value)) * (LEVELS - 1);
    const low = Math.floor(u);
    const a = curve[low] ?? 0;
    const b = curve[Math.min(LEVELS - 1, low + 1)] ?? a;
    const moved = a + (b - a) * (u - low);
    grey[at] = value + strength * (moved - value);
  }
}

/** Waves a side up to which amplitudes are exchanged. */
const HIGHEST = 3;

/**
 * Mixes the other film's amplitudes of the slowest waves in and keeps every
 * phase (Fourier domain adaptation, Yang and Soatto 2020): another room's
 * illumination on the same patient.
 */
export function mixLowFrequencies(
  grey: Float32Array,
  other: Float32Array,
  size: number,
  strength: number,
): void {
  const cos = waves(size, Math.cos);
  const sin = waves(size, Math.sin);
  const mine = project(grey, size, cos, sin);
  const theirs = project(other, size, cos, sin);
  for (let down = 0; down <= HIGHEST; down += 1) {
    // Coefficients of a row of waves: the change, as one function of x.
    for (let across = -HIGHEST; across <= HIGHEST; across += 1) {
      if (down === 0 && across <= 0) continue;
      const at = down * (2 * HIGHEST + 1) + across + HIGHEST;
      const [re = 0, im = 0] = mine.subarray(2 * at, 2 * at + 2);
      const [otherRe = 0, otherIm = 0] = theirs.subarray(2 * at, 2 * at + 2);
      const amplitude = Math.hypot(re, im);
      if (amplitude < 1e-9) continue;
      const factor =
        (strength * (Math.hypot(otherRe, otherIm) - amplitude)) / amplitude;
      addWave(
        grey,
        size,
        { down, across, re: re * factor, im: im * factor },
        cos,
        sin,
      );
    }
  }
}

/** Values of `shape` for wave numbers 0…HIGHEST over one side. */
function waves(size: number, shape: (angle: number) => number): Float32Array {
  return Float32Array.from({ length: (HIGHEST + 1) * size }, (_, at) => {
    const wave = Math.floor(at / size);
    return shape((2 * Math.PI * wave * (at % size)) / size);
  });
}

/** Real and imaginary parts of the slowest waves, scaled to amplitudes. */
function project(
  grey: Float32Array,
  size: number,
  cos: Float32Array,
  sin: Float32Array,
): Float32Array {
  const width = 2 * HIGHEST + 1;
  const out = new Float32Array(2 * (HIGHEST + 1) * width);
  const rowCos = new Float32Array(HIGHEST + 1);
  const rowSin = new Float32Array(HIGHEST + 1);
  for (let y = 0; y < size; y += 1) {
    rowCos.fill(0);
    rowSin.fill(0);
    for (let wave = 0; wave <= HIGHEST; wave += 1) {
      let c = 0;
      let s = 0;
      for (let x = 0; x < size; x += 1) {
        const v = grey[y * size + x] ?? 0;
        c += v * (cos[wave * size + x] ?? 0);
        s += v * (sin[wave * size + x] ?? 0);
      }
      rowCos[wave] = c;
      rowSin[wave] = s;
    }
    for (let down = 0; down <= HIGHEST; down += 1) {
      const c = cos[down * size + y] ?? 0;
      const s = sin[down * size + y] ?? 0;
      for (let across = -HIGHEST; across <= HIGHEST; across += 1) {
        const wave = Math.abs(across);
        const rc = rowCos[wave] ?? 0;
        const rs = (rowSin[wave] ?? 0) * (across < 0 ? -1 : 1);
        const at = 2 * (down * width + across + HIGHEST);
        out[at] = (out[at] ?? 0) + rc * c - rs * s;
        out[at + 1] = (out[at + 1] ?? 0) + rc * s + rs * c;
      }
    }
  }
  return out.map((v) => (2 * v) / (size * size));
}

function addWave(
  grey: Float32Array,
  size: number,
  wave: { down: number; across: number; re: number; im: number },
  cos: Float32Array,
  sin: Float32Array,
): void {
  const sign = wave.across < 0 ? -1 : 1;
  const line = Math.abs(wave.across) * size;
  for (let y = 0, at = 0; y < size; y += 1) {
    const c = cos[wave.down * size + y] ?? 0;
    const s = sin[wave.down * size + y] ?? 0;
    // re·cos(a + b) + im·sin(a + b), with a down and b across.
    const onCos = wave.re * c + wave.im * s;
    const onSin = (wave.im * c - wave.re * s) * sign;
    for (let x = 0; x < size; x += 1, at += 1) {
      grey[at] =
        (grey[at] ?? 0) +
        onCos * (cos[line + x] ?? 0) +
        onSin * (sin[line + x] ?? 0);
    }
  }
}
