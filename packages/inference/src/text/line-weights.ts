/**
 * Logistic regression over `lineFeatures`: lines of names, dates and numbers
 * written into films in seven typefaces against chains of shapes in films
 * without any. Films whose licence allows to learn from them; balanced classes,
 * a film wholly in learning or in checking.
 */
export const MEANS: readonly number[] = [
  6.381, 1.114, 0.9964, 4.199, 0.1356, 0.1117, 0.05463, 0.05446, 0.2573, 0.1837,
  0.2479, 0.8116, 0.4845, 3.915, 0.1088,
];
export const SPREADS: readonly number[] = [
  3.288, 0.2405, 0.201, 0.607, 0.08796, 0.09186, 0.06123, 0.1054, 0.1816,
  0.1332, 0.08512, 0.2221, 0.1012, 2.757, 0.07051,
];
export const WEIGHTS: readonly number[] = [
  1.883, 1.777, 0.6601, 1.355, 0.4862, -0.5571, -0.5322, -0.6768, -0.6375,
  0.2069, -0.4185, -0.265, 0.4642, -1.752, -0.2172,
];
export const BIAS = 2.968;
