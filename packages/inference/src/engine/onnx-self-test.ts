import { onnxFile, onnxNode, onnxTensor } from "../onnx/onnx-file.ts";
import { openSession, type OnnxRuntime } from "./onnx-runtime.ts";

const TOLERANCE = 1e-5;
const SIDE = 3;

/**
 * The computation of `self-test.ts` on onnxruntime: sums of the four 2×2
 * windows of 1…9, a quarter of each, capped at 6: 3, 4, 6, 6.
 *
 * @throws Error when a value differs, so that a broken library is not trusted.
 */
export async function onnxSelfTest(runtime: OnnxRuntime): Promise<void> {
  const session = await openSession(runtime, testNet());
  const film = new runtime.Tensor(
    "float32",
    Float32Array.from({ length: SIDE ** 2 }, (_, at) => at + 1),
    [1, 1, SIDE, SIDE],
  );
  const out = await session.run({ film });
  const values = Array.from(out["capped"]?.data ?? []);
  const expected = [3, 4, 6, 6];
  const isRight = expected.every(
    (want, at) => Math.abs((values[at] ?? Number.NaN) - want) < TOLERANCE,
  );
  if (isRight) return;
  throw new Error(
    `self-test gave ${values.join(", ")} instead of ${expected.join(", ")}`,
  );
}

function testNet(): Uint8Array {
  const weight = (name: string, shape: number[], value: number) =>
    onnxTensor(
      { name, shape },
      new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(value),
    );
  return onnxFile({
    name: "self-test",
    nodes: [
      onnxNode("Conv", ["film", "window"], "sums"),
      onnxNode("Conv", ["sums", "quarter"], "quarters", { group: 1 }),
      onnxNode("Clip", ["quarters", "least", "most"], "capped"),
    ],
    weights: [
      weight("window", [1, 1, 2, 2], 1),
      weight("quarter", [1, 1, 1, 1], 0.25),
      weight("least", [], 0),
      weight("most", [], 6),
    ],
    inputs: [{ name: "film", shape: [1, 1, SIDE, SIDE] }],
    outputs: [{ name: "capped", shape: [1, 1, 2, 2] }],
  });
}
