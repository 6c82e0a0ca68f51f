/** The gradients that fine-tuning needs, where the engine comes without. */
import { createRequire } from "node:module";

import * as tf from "@tensorflow/tfjs-core";

const KERNEL = "Conv2DBackpropFilter";

/**
 * Makes the wasm engine one that can be trained with. The library's package for
 * Node leaves its gradients out (tfjs-node brings them); kernels and gradients
 * stand in one registry on the global object, so that those of its other
 * build do. And the gradient of a 1×1 convolution by its kernel, which wasm
 * lacks, is a product of two matrices; the heads have no other convolution.
 */
export function provideGradients(): void {
  // The library's types say that there is always one.
  const gradient = tf.getGradient("AddN") as tf.GradConfig | undefined;
  if (gradient === undefined)
    createRequire(import.meta.url)(
      "@tensorflow/tfjs-core/dist/register_all_gradients.js",
    );
  const kernel = tf.getKernel(KERNEL, "wasm") as tf.KernelConfig | undefined;
  if (tf.getBackend() !== "wasm" || kernel !== undefined) return;
  tf.registerKernel({
    kernelName: KERNEL,
    backendName: "wasm",
    kernelFunc: ({ inputs, attrs }) => {
      // The engine hands its own tensors in, of the gradient's call.
      const { x, dy } = inputs as unknown as Record<"x" | "dy", tf.Tensor4D>;
      const shape = attrs?.["filterShape"] as [number, number, number, number];
      const [rows, columns, from, to] = shape;
      if (rows !== 1 || columns !== 1)
        throw new Error("only kernels of 1×1 have a gradient on wasm");
      return tf.tidy(() =>
        tf.reshape(
          tf.matMul(
            tf.reshape(x, [-1, from]),
            tf.reshape(dy, [-1, to]),
            true,
            false,
          ),
          shape,
        ),
      );
    },
  });
}
