import { describe, expect, it } from "vitest";
import { isSameOrigin } from "./same-origin.ts";

const from = (values: Record<string, string>) => new Headers(values);

describe("a request that changes something", () => {
  it("is taken from a page of this site", () => {
    const headers = from({
      origin: "http://127.0.0.1:3000",
      host: "127.0.0.1:3000",
      "sec-fetch-site": "same-origin",
    });
    expect(isSameOrigin(headers, null)).toBe(true);
  });

  it("is taken behind a proxy that keeps the outer name", () => {
    const headers = from({
      origin: "https://films.example.org",
      host: "10.0.0.5:3000",
      "x-forwarded-host": "films.example.org",
    });
    expect(isSameOrigin(headers, null)).toBe(true);
  });

  it("is taken from the configured public address", () => {
    const headers = from({
      origin: "https://films.example.org",
      host: "10.0.0.5:3000",
    });
    expect(isSameOrigin(headers, "https://films.example.org")).toBe(true);
  });

  it("is refused from another site, another port, or nowhere", () => {
    const host = "127.0.0.1:3000";
    for (const origin of [
      "https://evil.example",
      "http://127.0.0.1:9999",
      "null",
    ]) {
      expect(isSameOrigin(from({ origin, host }), null)).toBe(false);
    }
    expect(isSameOrigin(from({ host }), null)).toBe(false);
  });

  it("is refused when the browser calls it cross-site", () => {
    const headers = from({
      origin: "http://127.0.0.1:3000",
      host: "127.0.0.1:3000",
      "sec-fetch-site": "cross-site",
    });
    expect(isSameOrigin(headers, null)).toBe(false);
  });
});
