import { describe, expect, it } from "vitest";
import { sourceOf } from "./sign-in-limits.ts";

const from = (address: string | null) =>
  sourceOf({ address, userAgent: null, requestId: "test" });

describe("sourceOf", () => {
  it("is the address, and the subscriber's network of an IPv6 one", () => {
    expect(from("203.0.113.7")).toBe("203.0.113.7");
    expect(from("::ffff:203.0.113.7")).toBe("203.0.113.7");
    expect(from("2001:db8:1:2:3:4:5:6")).toBe("2001:db8:1:2::/64");
    expect(from("2001:db8:1:2::9")).toBe("2001:db8:1:2::/64");
    expect(from("2001:db8::9")).toBe("2001:db8:0:0::/64");
    expect(from("::1")).toBe("0:0:0:0::/64");
    expect(from(null)).toBe("none");
  });
});
