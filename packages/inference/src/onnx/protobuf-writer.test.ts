import { describe, expect, it } from "vitest";

import {
  bytes,
  float,
  message,
  text,
  whole,
  wholes,
} from "./protobuf-writer.ts";

// Expected bytes from protobuf.dev "Encoding", or worked out beside them.
describe("protocol buffers", () => {
  it("write whole numbers seven bits a byte, lowest first", () => {
    expect([...whole(1, 150)]).toEqual([0x08, 0x96, 0x01]);
    expect([...whole(1, 0)]).toEqual([0x08, 0x00]);
    // 2^35 is five groups of seven zero bits and a one.
    expect([...whole(1, 2 ** 35)]).toEqual([
      0x08, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01,
    ]);
  });

  it("write a tag of two bytes from field 16", () => {
    // (20 << 3) | 0 = 160 = 0x20 + 1·0x80.
    expect([...whole(20, 7)]).toEqual([0xa0, 0x01, 0x07]);
  });

  it("write texts, packed numbers and floats", () => {
    expect([...text(2, "testing")]).toEqual([
      0x12, 0x07, 0x74, 0x65, 0x73, 0x74, 0x69, 0x6e, 0x67,
    ]);
    expect([...wholes(6, [3, 270, 86_942])]).toEqual([
      0x32, 0x06, 0x03, 0x8e, 0x02, 0x9e, 0xa7, 0x05,
    ]);
    expect([...float(2, 1)]).toEqual([0x15, 0x00, 0x00, 0x80, 0x3f]);
  });

  it("nest messages with their length", () => {
    expect([...bytes(3, message(whole(1, 150)))]).toEqual([
      0x1a, 0x03, 0x08, 0x96, 0x01,
    ]);
  });

  it("refuse what is no whole number from 0", () => {
    for (const value of [-1, 0.5, Number.NaN, 2 ** 53]) {
      expect(() => whole(1, value)).toThrow(RangeError);
    }
  });
});
