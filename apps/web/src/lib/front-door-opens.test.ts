import { once } from "node:events";
import { createServer, request as ask } from "node:http";
import type { IncomingMessage, Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { opens, type FrontDoor } from "./front-door.ts";

const DOOR: FrontDoor = { trustProxy: "", webProof: "proof", webUrl: null };
const SHORT_BODY_MS = 200;

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** A server behind the door that answers when the whole body is there. */
async function serve(door: FrontDoor, answerMs = 0): Promise<number> {
  server = createServer((request, response) => {
    if (!opens(request, response, door, SHORT_BODY_MS)) return;
    request.resume();
    request.once("end", () => {
      setTimeout(() => response.end("in"), answerMs);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  // Listening on a port, so the address is never a pipe's name or null.
  return (server.address() as AddressInfo).port;
}

interface Sent {
  path?: string;
  method?: string;
  headers?: Record<string, string>;
  /** Sent piece by piece, each after a while. */
  body?: readonly string[];
  pauseMs?: number;
}

/** The answer, or null where the connection was ended instead. */
async function send(
  port: number,
  given: Sent,
): Promise<IncomingMessage | null> {
  const { path = "/", method = "GET", headers = {}, body = [] } = given;
  const length = String(body.join("").length);
  const sent = ask({
    port,
    path,
    method,
    headers: { ...headers, "content-length": length },
  });
  const answer = new Promise<IncomingMessage | null>((resolve) => {
    sent.once("response", resolve);
    sent.on("error", () => resolve(null));
  });
  sent.flushHeaders();
  for (const piece of body) {
    await sleep(given.pauseMs ?? 0);
    if (!sent.destroyed) sent.write(piece);
  }
  if (!sent.destroyed) sent.end();
  const found = await answer;
  found?.resume();
  return found;
}

describe("what the door lets in", () => {
  it("is told to come over TLS only where it did", async () => {
    const hsts = async (door: FrontDoor, given: Sent = {}) =>
      (await send(await serve(door), given))?.headers[
        "strict-transport-security"
      ];
    const year = `max-age=${String(365 * 24 * 3600)}`;
    expect(await hsts(DOOR)).toBeUndefined();
    expect(await hsts({ ...DOOR, webUrl: "https://desk.example" })).toBe(year);
    const behind = { ...DOOR, trustProxy: "loopback" };
    const https = { headers: { "x-forwarded-proto": "https" } };
    expect(await hsts(behind, https)).toBe(year);
    // Over http the header must not be sent, whoever says what.
    expect(await hsts(behind)).toBeUndefined();
    expect(await hsts(DOOR, https)).toBeUndefined();
  });

  it("is answered and cut off where it is turned away", async () => {
    const port = await serve(DOOR);
    const refused = await send(port, { method: "TRACE" });
    expect(refused?.statusCode).toBe(405);
    expect(refused?.headers.connection).toBe("close");
    const nobody = await send(port, { headers: { host: "a;script-src *" } });
    expect(nobody?.statusCode).toBe(400);
  });

  const dribble = {
    method: "POST",
    body: ["a", "b", "c", "d", "e", "f"],
    pauseMs: SHORT_BODY_MS / 3,
  };

  it("may not dribble in a body, unless it is a film", async () => {
    const port = await serve(DOOR);
    expect(await send(port, { ...dribble, path: "/api/graphql" })).toBeNull();
    for (const path of ["/api/upload", "/api/upload/resumable/1"]) {
      const film = await send(port, { ...dribble, path });
      expect(film?.statusCode, path).toBe(200);
    }
  });

  it("may be worked on for longer, once its body is whole", async () => {
    const port = await serve(DOOR, 2 * SHORT_BODY_MS);
    const whole = { method: "POST", body: ["whole"] };
    expect((await send(port, whole))?.statusCode).toBe(200);
  });
});
