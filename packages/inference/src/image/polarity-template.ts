/**
 * Where a chest film is brighter or darker than the rest of itself, in
 * thousandths: 16 rows of the left half (outside to middle), mirrored for the
 * right. The spine, heart and abdomen come out bright, lungs and the air
 * beside the body dark. Fitted by logistic regression (ridge and smoothness
 * penalty, no intercept, sources weighed by the root of their size) to tell
 * 7,469 training films from their inverted copies; scaled so that the score of
 * an ordinary film is about 1. `bin/fit-polarity.ts` fits it again.
 */
// A picture: one line is one row of the film.
// prettier-ignore
export const POLARITY_TEMPLATE = Int16Array.of(
  -31, -28, -24, -21, -19, -12, -6, -1,
  -11, -6, -4, -5, -6, -4, -1, 1,
  1, 6, 6, 3, 1, 1, 4, 8,
  -2, 1, 1, -2, -4, -3, 3, 8,
  -7, -3, -2, -6, -10, -9, -2, 6,
  -8, -3, -4, -10, -14, -11, -1, 8,
  -8, -3, -7, -13, -15, -8, 5, 13,
  -7, -4, -9, -14, -13, -3, 10, 18,
  -6, -4, -8, -12, -9, 1, 14, 23,
  -4, -1, -3, -5, -2, 7, 18, 27,
  -2, 1, 0, 0, 4, 11, 19, 27,
  -9, -5, -5, -2, 2, 7, 14, 21,
  -11, -8, -7, -3, 0, 5, 12, 20,
  -10, -5, -4, -1, 2, 7, 12, 19,
  -8, 0, 2, 5, 7, 10, 15, 20,
  -11, 0, 5, 9, 12, 16, 21, 25,
);
