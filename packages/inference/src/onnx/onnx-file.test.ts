import { describe, expect, it } from "vitest";

import { onnxFile, onnxNode, onnxTensor } from "./onnx-file.ts";

/** Fields of a message by number: numbers, or the bytes of the rest. */
function read(message: Uint8Array): Map<number, (number | Uint8Array)[]> {
  const fields = new Map<number, (number | Uint8Array)[]>();
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let unit = 1; ; unit *= 0x80) {
      const byte = message[at++] ?? 0;
      value += (byte & 0x7f) * unit;
      if (byte < 0x80) return value;
    }
  };
  while (at < message.length) {
    const tag = varint();
    const type = tag & 7;
    const known = fields.get(tag >> 3) ?? [];
    fields.set(tag >> 3, known);
    if (type === 0) known.push(varint());
    else {
      const length = type === 5 ? 4 : varint();
      known.push(message.subarray(at, at + length));
      at += length;
    }
  }
  return fields;
}

function part(
  message: Map<number, (number | Uint8Array)[]>,
  field: number,
): Uint8Array {
  const value = message.get(field)?.[0];
  if (!(value instanceof Uint8Array)) throw new Error(`no field ${field}`);
  return value;
}

const words = (bytes: Uint8Array): string => Buffer.from(bytes).toString();

describe("ONNX files", () => {
  it("hold version, operator set and graph where onnx.proto has them", () => {
    const file = read(
      onnxFile({
        name: "net",
        nodes: [onnxNode("Relu", ["x"], "y")],
        weights: [],
        inputs: [{ name: "x", shape: [1, 300] }],
        outputs: [{ name: "y", shape: [1, 300] }],
      }),
    );
    expect(file.get(1)).toEqual([7]);
    expect(read(part(file, 8)).get(2)).toEqual([13]);
    const graph = read(part(file, 7));
    expect(words(part(graph, 2))).toBe("net");
    const input = read(part(graph, 11));
    expect(words(part(input, 1))).toBe("x");
    const tensor = read(part(read(part(input, 2)), 1));
    expect(tensor.get(1)).toEqual([1]);
    const dimensions = read(part(tensor, 2)).get(1) ?? [];
    expect(
      dimensions.map((dimension) =>
        dimension instanceof Uint8Array ? read(dimension).get(1) : null,
      ),
    ).toEqual([[1], [300]]);
  });

  it("name a node's inputs, output, operation and attributes", () => {
    const node = read(
      onnxNode("Conv", ["x", "kernel"], "y", {
        group: 32,
        pads: [0, 1],
        alpha: { f: 0.5 },
      }),
    );
    expect(node.get(1)?.length).toBe(2);
    expect(words(part(node, 2))).toBe("y");
    expect(words(part(node, 4))).toBe("Conv");
    const [group, pads, alpha] = (node.get(5) ?? []).map((attribute) =>
      attribute instanceof Uint8Array
        ? read(attribute)
        : read(new Uint8Array()),
    );
    expect([group?.get(3), group?.get(20)]).toEqual([[32], [2]]);
    expect(pads?.get(20)).toEqual([7]);
    expect(pads === undefined ? null : [...part(pads, 8)]).toEqual([0, 1]);
    expect(alpha?.get(20)).toEqual([1]);
  });

  it("hold weights as little-endian floats", () => {
    const tensor = read(
      onnxTensor({ name: "w", shape: [2, 1] }, Float32Array.of(1, -2)),
    );
    expect([...part(tensor, 1)]).toEqual([2, 1]);
    expect(tensor.get(2)).toEqual([1]);
    expect(words(part(tensor, 8))).toBe("w");
    expect([...part(tensor, 9)]).toEqual([0, 0, 128, 63, 0, 0, 0, 192]);
  });
});
