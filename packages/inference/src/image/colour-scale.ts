/**
 * "Inferno" of matplotlib (CC0): black over purple and orange to pale yellow,
 * even in lightness, so that equal steps of the map look equal, also in grey
 * and to colour-blind eyes. Sixth-degree fit by M. Zucker (CC0), channel by
 * channel, constant term first.
 */
const INFERNO: readonly (readonly number[])[] = [
  [
    0.00021894, 0.10651342, 11.60249308, -41.70399613, 77.1629357, -71.31942825,
    25.13112622,
  ],
  [
    0.001651, 0.56395644, -3.97285397, 17.43639888, -33.40235894, 32.62606426,
    -12.24266895,
  ],
  [
    -0.0194809, 3.93271239, -15.94239411, 44.3541452, -81.80730926, 73.20951986,
    -23.070325,
  ],
];

/** Red, green and blue, 0 to 255, of a value 0 to 1. */
export function inferno(value: number): [number, number, number] {
  const t = Math.min(1, Math.max(0, value));
  const [red = 0, green = 0, blue = 0] = INFERNO.map((terms) => {
    const sum = terms.reduceRight((total, term) => total * t + term, 0);
    return Math.round(255 * Math.min(1, Math.max(0, sum)));
  });
  return [red, green, blue];
}
