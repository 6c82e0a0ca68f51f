/** The parts of an ONNX file (onnx.proto of ONNX 1.8: IR 7, operator set 13). */
import {
  bytes,
  float,
  message,
  text,
  whole,
  wholes,
  type Fields,
} from "./protobuf-writer.ts";

const IR_VERSION = 7;
const OPERATOR_SET = 13;
/** `TensorProto.DataType.FLOAT`. */
const FLOAT = 1;

/** An attribute of a node: one number, a float (`{ f }`) or whole numbers. */
export type Attribute = number | { f: number } | readonly number[];

/** A tensor's name and shape. */
export interface Named {
  name: string;
  shape: readonly number[];
}

/** One operation: `outputs = operation(inputs)`. */
export function onnxNode(
  operation: string,
  inputs: readonly string[],
  output: string,
  attributes: Readonly<Record<string, Attribute>> = {},
): Fields {
  return message(
    ...inputs.map((name) => text(1, name)),
    text(2, output),
    text(3, output),
    text(4, operation),
    ...Object.entries(attributes).map(([name, value]) =>
      bytes(5, attribute(name, value)),
    ),
  );
}

/** `type` is that of `AttributeProto.AttributeType`. */
function attribute(name: string, value: Attribute): Fields {
  if (typeof value === "number") {
    return message(text(1, name), whole(3, value), whole(20, 2));
  }
  if ("f" in value) {
    return message(text(1, name), float(2, value.f), whole(20, 1));
  }
  return message(text(1, name), wholes(8, value), whole(20, 7));
}

/** Weights, row by row in the order of the shape. */
export function onnxTensor(
  { name, shape }: Named,
  values: Float32Array,
): Fields {
  return message(
    wholes(1, shape),
    whole(2, FLOAT),
    text(8, name),
    bytes(9, littleEndian(values)),
  );
}

/** ONNX holds raw data in little-endian order whatever the machine's is. */
function littleEndian(values: Float32Array): Uint8Array {
  const out = Buffer.alloc(values.length * 4);
  for (const [at, value] of values.entries()) out.writeFloatLE(value, at * 4);
  return out;
}

/** A whole file. */
export function onnxFile(graph: {
  name: string;
  nodes: readonly Fields[];
  weights: readonly Fields[];
  inputs: readonly Named[];
  outputs: readonly Named[];
}): Uint8Array {
  const encoded = message(
    ...graph.nodes.map((node) => bytes(1, node)),
    text(2, graph.name),
    ...graph.weights.map((tensor) => bytes(5, tensor)),
    ...graph.inputs.map((input) => bytes(11, valueInfo(input))),
    ...graph.outputs.map((output) => bytes(12, valueInfo(output))),
  );
  return message(
    whole(1, IR_VERSION),
    text(2, "lung-iris"),
    bytes(7, encoded),
    bytes(8, message(text(1, ""), whole(2, OPERATOR_SET))),
  );
}

function valueInfo({ name, shape }: Named): Fields {
  const dimensions = shape.map((length) => bytes(1, whole(1, length)));
  const tensor = message(whole(1, FLOAT), bytes(2, message(...dimensions)));
  return message(text(1, name), bytes(2, bytes(1, tensor)));
}
