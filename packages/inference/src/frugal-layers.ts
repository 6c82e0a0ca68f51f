import {
  foldedLayers,
  type TrunkLayers,
  type WeightMap,
} from "./models/trunk.ts";

/**
 * Layers of folded weights that give back what only the next layer reads: the
 * widened features inside a block, its largest tensors. The engine then takes
 * the same memory for every block, which stays in the processor's cache: about
 * 7 % of a forward pass on wasm, and less memory a worker. Not for training,
 * which needs all of them for its gradients.
 */
export function frugalLayers(weights: WeightMap): TrunkLayers {
  const layers = foldedLayers(weights);
  return {
    convolve: (x, name, options) => {
      const out = layers.convolve(x, name, options);
      // What goes into `expand` may be added to the block's output later.
      if (name.endsWith("/project")) x.dispose();
      return out;
    },
    depthwise: (x, name, stride) => {
      const out = layers.depthwise(x, name, stride);
      x.dispose();
      return out;
    },
  };
}
