import { describe, expect, it } from "vitest";
import { canonicalJson } from "./canonical-json.ts";

describe("canonicalJson", () => {
  it("writes equal values as equal texts, whatever the order of the keys", () => {
    expect(canonicalJson({ b: [1, { d: null, c: true }], a: "ü\n" })).toBe(
      '{"a":"ü\\n","b":[1,{"c":true,"d":null}]}',
    );
  });

  it("leaves undefined out and writes dates as ISO text", () => {
    const at = new Date("2026-03-02T09:00:00Z");
    expect(canonicalJson({ at, gone: undefined, big: 12n })).toBe(
      '{"at":"2026-03-02T09:00:00.000Z","big":"12"}',
    );
  });

  it("sorts by code unit, as every other implementation can", () => {
    expect(canonicalJson({ é: 1, z: 2, Z: 3, "10": 4, "9": 5 })).toBe(
      '{"10":4,"9":5,"Z":3,"z":2,"é":1}',
    );
  });

  it.each([[Number.NaN], [Infinity], [() => 1], [Symbol("x")]])(
    "refuses what is not JSON: %s",
    (value) => {
      expect(() => canonicalJson({ a: [value] })).toThrow("$.a[0]");
    },
  );

  it("is what JSON.parse reads back", () => {
    const value = { a: [1.5, -0.001, 1e21], b: { c: "\u2028" } };
    expect(JSON.parse(canonicalJson(value))).toEqual(value);
  });
});
