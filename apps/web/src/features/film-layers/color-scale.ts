/** Perceptually even colour scales for the activation map. */
export const COLOR_SCALES = ["inferno", "viridis"] as const;
export type ColorScale = (typeof COLOR_SCALES)[number];

export type Rgb = readonly [red: number, green: number, blue: number];

/**
 * Every eighth of the 256 published entries, evenly spaced from 0 to 1, first
 * and last included; between them the straight line stays within 2/255 of the
 * published ones. Source: Nathaniel J. Smith and Stéfan van der Walt,
 * https://github.com/BIDS/colormap/blob/master/colormaps.py (CC0).
 */
const CONTROL_POINTS: Record<ColorScale, readonly Rgb[]> = {
  inferno: parse(
    "000004 040312 0b0724 150b37 210c4a 2f0a5b 3d0965 4a0c6b 57106e 64156e 71196e 7d1e6d 8a226a 972766 a32c61 b0315b bc3754 c63d4d d04545 da4e3c e35933 eb6429 f1711f f67e14 f98c0a fb9b06 fcaa0f fbba1f f9c932 f5d949 f2e865 f3f586 fcffa4",
  ),
  viridis: parse(
    "440154 470d60 48186a 482374 472d7b 453781 424086 3e4989 3b528b 375b8d 33638d 2f6b8e 2c728e 297a8e 26828e 23898e 21918c 1f978b 1f9f88 21a685 27ad81 31b57b 3dbc74 4cc26c 5cc863 6ece58 81d34d 95d840 aadc32 c0df25 d5e21a eae51a fde725",
  ),
};

function parse(hexColors: string): Rgb[] {
  return hexColors.split(" ").map((hex) => {
    const value = Number.parseInt(hex, 16);
    return [value >> 16, (value >> 8) & 255, value & 255];
  });
}

/** The colour of an activation from 0 to 1; beyond them, the end's. */
export function scaleColor(scale: ColorScale, activation: number): Rgb {
  const points = CONTROL_POINTS[scale];
  const last = points.length - 1;
  const position = clampUnit(activation) * last;
  const index = Math.min(Math.floor(position), last - 1);
  const from = points[index] ?? BLACK;
  const to = points[index + 1] ?? BLACK;
  const share = position - index;
  const mix = (channel: 0 | 1 | 2) =>
    Math.round(from[channel] + (to[channel] - from[channel]) * share);
  return [mix(0), mix(1), mix(2)];
}

const BLACK: Rgb = [0, 0, 0];

/** Below this the map says nothing and the film stays as it is. */
export const CLEAR_BELOW = 0.1;
/** From here on the map has the full strength that the slider gives it. */
export const FULL_FROM = 0.4;

/**
 * Opacity from 0 to 1 of an activation, before the slider: weak activations
 * fade out, so that the map does not veil the whole film.
 */
export function scaleOpacity(activation: number): number {
  return clampUnit((activation - CLEAR_BELOW) / (FULL_FROM - CLEAR_BELOW));
}

/** From this opacity on, of the slider's, a spot is seen on a film. */
const SEEN_FROM = 0.5;

/** Whether the map has a spot that a reader sees, however small. */
export function standsOut({ values }: { values: ArrayLike<number> }): boolean {
  return Array.from(values).some((value) => scaleOpacity(value) >= SEEN_FROM);
}

/** CSS gradient of the scale as it is drawn over black, for the legend. */
export function scaleGradient(
  scale: ColorScale,
  opacity: number,
  direction: "to right" | "to top" = "to right",
): string {
  const stops = CONTROL_POINTS[scale].map((_, index, all) => {
    const activation = index / (all.length - 1);
    const alpha = scaleOpacity(activation) * opacity;
    const [red, green, blue] = scaleColor(scale, activation);
    const percent = (activation * 100).toFixed(1);
    return `rgb(${red} ${green} ${blue} / ${alpha.toFixed(3)}) ${percent}%`;
  });
  return `linear-gradient(${direction}, ${stops.join(", ")})`;
}

function clampUnit(value: number): number {
  return Math.min(Math.max(value, 0), 1);
}
