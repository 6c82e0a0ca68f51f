/** Gradients that the native engine has as one op and the library composes. */
import * as tf from "@tensorflow/tfjs-core";

/** What is used of the native backend; tfjs-node has no public name for it. */
interface NativeBackend {
  executeSingleOutput(
    name: string,
    attributes: { name: string; type: number; value: number }[],
    inputs: tf.Tensor[],
  ): tf.Tensor;
}

// TF_ATTR_TYPE and TF_FLOAT of TensorFlow's C API, as tfjs-node passes them.
const TYPE_ATTRIBUTE = 4;
const FLOAT = 1;

/**
 * Replaces the composed gradient of ReLU6 (five passes over the largest
 * tensors of a training step) by TensorFlow's `Relu6Grad`. Does nothing on
 * other engines.
 *
 * @returns whether it was replaced
 */
export function useNativeRelu6Gradient(): boolean {
  const backend: object = tf.backend();
  if (!isNative(backend)) return false;
  const attributes = [{ name: "T", type: TYPE_ATTRIBUTE, value: FLOAT }];
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
