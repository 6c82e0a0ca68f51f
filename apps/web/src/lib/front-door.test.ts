import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { describe, expect, it } from "vitest";
import { takeIn, WEB_PROOF_HEADER, type FrontDoor } from "./front-door.ts";

const DOOR = { trustProxy: "", webProof: "proof", webUrl: null };

/** A request as it comes in from this address. */
function arrives(
  from: string,
  headers: Record<string, string>,
  method = "GET",
): IncomingMessage {
  const socket = new Socket();
  Object.defineProperty(socket, "remoteAddress", { value: from });
  const request = new IncomingMessage(socket);
  request.method = method;
  Object.assign(request.headers, headers);
  return request;
}

function headersAfter(
  door: FrontDoor,
  from: string,
  headers: Record<string, string>,
): IncomingMessage["headers"] {
  const request = arrives(from, headers);
  takeIn(request, door);
  return request.headers;
}

const LIES = {
  host: "desk.example",
  "x-forwarded-for": "203.0.113.7",
  "x-forwarded-host": "evil.example",
  "x-forwarded-proto": "https",
  [WEB_PROOF_HEADER]: "forged",
};

describe("the door of the web server", () => {
  it("believes no X-Forwarded header of whoever connects", () => {
    const headers = headersAfter(DOOR, "198.51.100.9", LIES);
    expect(headers["x-forwarded-for"]).toBe("198.51.100.9");
    expect(headers["x-forwarded-host"]).toBeUndefined();
    expect(headers["x-forwarded-proto"]).toBeUndefined();
    expect(headers[WEB_PROOF_HEADER]).toBe("proof");
  });

  it("not even of this machine, unless the settings say so", () => {
    const headers = headersAfter(DOOR, "127.0.0.1", LIES);
    expect(headers["x-forwarded-for"]).toBe("127.0.0.1");
  });

  it("believes a proxy of the settings, and who that one saw", () => {
    const door = { ...DOOR, trustProxy: "10.0.0.0/8" };
    const headers = headersAfter(door, "10.1.1.1", {
      ...LIES,
      "x-forwarded-for": "192.0.2.1, 203.0.113.7",
    });
    expect(headers["x-forwarded-for"]).toBe("203.0.113.7");
    expect(headers["x-forwarded-host"]).toBe("evil.example");
    expect(headers["x-forwarded-proto"]).toBe("https");
  });

  it("knows TLS by the configured address or a trusted proxy's word", () => {
    const isSecure = (door: FrontDoor, from: string) =>
      takeIn(arrives(from, LIES), door).isSecure;
    expect(isSecure(DOOR, "127.0.0.1")).toBe(false);
    expect(isSecure({ ...DOOR, trustProxy: "loopback" }, "127.0.0.1")).toBe(
      true,
    );
    expect(isSecure({ ...DOOR, webUrl: "https://desk.example" }, "::1")).toBe(
      true,
    );
  });

  it("turns away TRACE and hosts that are none", () => {
    const refusal = (host: string, method = "GET") =>
      takeIn(arrives("::1", { host }, method), DOOR).refusal;
    expect(refusal("desk.example:3000")).toBeNull();
    expect(refusal("[::1]:3000")).toBeNull();
    expect(refusal("desk.example", "TRACE")).toBe(405);
    for (const host of ["a b", "a;script-src *", "evil.example/x", "a@b", ""])
      expect(refusal(host)).toBe(400);
  });
});
