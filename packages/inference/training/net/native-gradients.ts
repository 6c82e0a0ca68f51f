/** Gradients that the native engine has as one op and the library composes. */
import * as tf from "@tensorflow/tfjs-core";

/** One attribute of a TensorFlow op. */
export interface Attribute {
  name: string;
  type: number;
  value: number | string | boolean;
}

/** What is used of the native backend; tfjs-node has no public name for it. */
interface NativeBackend {
  executeSingleOutput(
    name: string,
    attributes: Attribute[],
    inputs: tf.Tensor[],
  ): tf.Tensor;
  executeMultipleOutputs(
    name: string,
    attributes: Attribute[],
    inputs: tf.Tensor[],
    outputs: number,
  ): tf.Tensor[];
}

/** TF_ATTR_* of TensorFlow's C API, as tfjs-node passes them. */
export const ATTRIBUTE = { string: 0, float: 2, bool: 3, type: 4 } as const;
/** TF_FLOAT of the same. */
export const FLOAT = 1;

/** The native backend where it is the active one, or null. */
export function nativeBackend(): NativeBackend | null {
  const backend: object = tf.backend();
  return isNative(backend) ? backend : null;
}

/**
 * Replaces the composed gradient of ReLU6 (five passes over the largest
 * tensors of a training step) by TensorFlow's `Relu6Grad`. Does nothing on
 * other engines.
 *
 * @returns whether it was replaced
 */
export function useNativeRelu6Gradient(): boolean {
  const backend = nativeBackend();
  if (backend === null) return false;
  const attributes = [{ name: "T", type: ATTRIBUTE.type, value: FLOAT }];
  tf.unregisterGradient("Relu6");
  tf.registerGradient({
    kernelName: "Relu6",
    inputsToSave: ["x"],
    gradFunc: (dy, saved) => {
      const [x] = saved;
      if (x === undefined || Array.isArray(dy)) {
        throw new Error("ReLU6 has one input and one output");
      }
      return {
        x: () => backend.executeSingleOutput("Relu6Grad", attributes, [dy, x]),
      };
    },
  });
  return true;
}

function isNative(backend: object): backend is NativeBackend {
  return "executeSingleOutput" in backend;
}
