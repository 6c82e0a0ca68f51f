/**
 * The net's shape: what every engine builds, in whatever way it builds nets.
 */

/** One inverted-residual block. */
export interface BlockSpec {
  kernel: 3 | 5;
  stride: 1 | 2;
  inChannels: number;
  outChannels: number;
  /** The 1×1 convolution before the depthwise one multiplies by this. */
  expansion: 1 | 6;
}

/** Blocks 0 to 13 of EfficientNet-Lite0. */
export const LITE0_BLOCKS: readonly BlockSpec[] = [
  block(3, 1, 32, 16, 1),
  block(3, 2, 16, 24, 6),
  block(3, 1, 24, 24, 6),
  block(5, 2, 24, 40, 6),
  block(5, 1, 40, 40, 6),
  block(3, 2, 40, 80, 6),
  block(3, 1, 80, 80, 6),
  block(3, 1, 80, 80, 6),
  block(5, 1, 80, 112, 6),
  block(5, 1, 112, 112, 6),
  block(5, 1, 112, 112, 6),
  block(5, 2, 112, 192, 6),
  block(5, 1, 192, 192, 6),
  block(5, 1, 192, 192, 6),
];

function block(
  kernel: 3 | 5,
  stride: 1 | 2,
  inChannels: number,
  outChannels: number,
  expansion: 1 | 6,
): BlockSpec {
  return { kernel, stride, inChannels, outChannels, expansion };
}

/** The block whose output the head stands on: 1/16 of the input's side. */
export const LAST_BLOCK = 10;
/** The earlier block whose features help the gate: 1/8 of the side. */
export const EARLY_BLOCK = 4;
/** Channels of the last convolution. */
export const HEAD_CHANNELS = 192;
/** Cells of the map a pixel of input side: 192 px give 12 × 12. */
export const MAP_STRIDE = 16;

/**
 * Sharpness of the smooth maximum over the map: small films of pneumonia must
 * count although they fill few cells (log-sum-exp pooling, Pinheiro and
 * Collobert 2015).
 */
export const POOL_SHARPNESS = 2;
