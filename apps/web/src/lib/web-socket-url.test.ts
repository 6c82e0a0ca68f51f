import { describe, expect, it } from "vitest";
import {
  isSecureRequest,
  knownHost,
  webSocketOrigin,
} from "./web-socket-url.ts";

const local = { apiPort: 4000, apiPublicUrl: null };

describe("the WebSocket's address", () => {
  it("is the API's port on the page's own host", () => {
    expect(webSocketOrigin(local, "10.1.2.3:3000", false)).toBe(
      "ws://10.1.2.3:4000",
    );
    expect(webSocketOrigin(local, "[::1]:3000", false)).toBe("ws://[::1]:4000");
    expect(webSocketOrigin(local, "films.example.org", true)).toBe(
      "wss://films.example.org:4000",
    );
  });

  it("is the configured one where there is one", () => {
    const behindProxy = { apiPort: 4000, apiPublicUrl: "https://api.example" };
    expect(webSocketOrigin(behindProxy, "films.example", true)).toBe(
      "wss://api.example",
    );
  });
});

describe("a secure page", () => {
  it("believes the proxy in front", () => {
    const headers = new Headers({ "x-forwarded-proto": "https, http" });
    expect(isSecureRequest(headers, "http:")).toBe(true);
    expect(isSecureRequest(new Headers(), "http:")).toBe(false);
  });
});

describe("the host of the page", () => {
  it("is this machine's, whatever anybody writes into the header", () => {
    const ours = [
      "10.1.2.3:3000",
      "[::1]:3000",
      "localhost",
      "desk.ward.local",
    ];
    for (const host of ours) expect(knownHost(host, "desk")).toBe(host);
    for (const host of ["evil.example", "desk;x", "", null])
      expect(knownHost(host, "desk")).toBe("127.0.0.1");
  });
});
