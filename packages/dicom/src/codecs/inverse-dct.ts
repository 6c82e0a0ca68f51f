/** Zig-zag order of coefficients (ITU-T T.81 figure A.6). */
export const ZIG_ZAG = Uint8Array.of(
  0,
  1,
  8,
  16,
  9,
  2,
  3,
  10,
  17,
  24,
  32,
  25,
  18,
  11,
  4,
  5,
  12,
  19,
  26,
  33,
  40,
  48,
  41,
  34,
  27,
  20,
  13,
  6,
  7,
  14,
  21,
  28,
  35,
  42,
  49,
  56,
  57,
  50,
  43,
  36,
  29,
  22,
  15,
  23,
  30,
  37,
  44,
  51,
  58,
  59,
  52,
  45,
  38,
  31,
  39,
  46,
  53,
  60,
  61,
  54,
  47,
  55,
  62,
  63,
);

/** COSINES[x * 8 + u] = C(u) / 2 · cos((2x + 1) u π / 16) (T.81 A.3.3). */
const COSINES = Float64Array.from({ length: 64 }, (_, i) => {
  const x = i >> 3;
  const u = i & 7;
  const scale = u === 0 ? Math.SQRT1_2 : 1;
  return (scale / 2) * Math.cos(((2 * x + 1) * u * Math.PI) / 16);
});

const rows = new Float64Array(64);

/**
 * Inverse 8 × 8 cosine transform, rows and then columns, in double precision.
 *
 * @param block 64 coefficients, row by row; replaced by the 64 samples.
 */
export function inverseDct(block: Float64Array): void {
  for (let v = 0; v < 8; v++) {
    for (let x = 0; x < 8; x++) {
      let sum = 0;
      for (let u = 0; u < 8; u++) {
        sum += (COSINES[x * 8 + u] ?? 0) * (block[v * 8 + u] ?? 0);
      }
      rows[v * 8 + x] = sum;
    }
  }
  for (let x = 0; x < 8; x++) {
    for (let y = 0; y < 8; y++) {
      let sum = 0;
      for (let v = 0; v < 8; v++) {
        sum += (COSINES[y * 8 + v] ?? 0) * (rows[v * 8 + x] ?? 0);
      }
      block[y * 8 + x] = sum;
    }
  }
}
