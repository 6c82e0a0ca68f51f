import { describe, expect, it } from "vitest";
import { formatBytes } from "./bytes.ts";

describe("formatBytes", () => {
  it("picks the unit that keeps the number short", () => {
    expect(formatBytes(0, "en")).toBe("0 byte");
    expect(formatBytes(999, "en")).toBe("999 byte");
    expect(formatBytes(4_213_000, "en")).toBe("4.21 MB");
    expect(formatBytes("128000000000", "en")).toBe("128 GB");
  });

  it("never writes a thousand of a unit", () => {
    expect(formatBytes(999_600, "en")).toBe("1 MB");
  });

  it("follows the language", () => {
    expect(formatBytes(4_213_000, "vi")).toBe("4,21 MB");
  });
});
