import { createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import proxyAddr from "proxy-addr";

/**
 * Header with which our own web server proves itself; only then is the
 * address believed that it names as its browser's.
 */
export const WEB_PROOF_HEADER = "x-lung-iris-web";

export interface ProxySettings {
  /** Shared by this process and the web server. */
  secret: string;
  /** Names, addresses or networks of proxies in front, by commas; or "". */
  trustProxy: string;
}

/** Where a request came from, as far as it can be believed. */
export interface Clients {
  /** The client's address; null once its socket is gone. */
  addressOf(request: IncomingMessage): string | null;
  /** Whether it came by TLS, to us or to a proxy that we trust. */
  isSecure(request: IncomingMessage): boolean;
  /** A client on this machine that no proxy speaks for. */
  isLocal(request: IncomingMessage): boolean;
}

/**
 * Anybody can write X-Forwarded-For. It is believed where the web server
 * wrote it (it holds our secret) or a proxy that the settings name; from
 * everybody else it is only noise, and the socket says who asks.
 */
export function knownClients(settings: ProxySettings): Clients {
  const proof = webProof(settings.secret);
  const names = settings.trustProxy.split(",").map((name) => name.trim());
  const isNamed = proxyAddr.compile(names.filter((name) => name !== ""));
  const trustsPeer = (request: IncomingMessage): boolean =>
    isWeb(request, proof) || isNamed(request.socket.remoteAddress ?? "", 0);
  return {
    addressOf(request) {
      if (request.socket.remoteAddress === undefined) return null;
      return proxyAddr(request, (address, position) =>
        position === 0 ? trustsPeer(request) : isNamed(address, position),
      );
    },
    isSecure(request) {
      if (isEncrypted(request.socket)) return true;
      const scheme = request.headers["x-forwarded-proto"];
      return trustsPeer(request) && firstOf(scheme) === "https";
    },
    isLocal: (request) =>
      isLoopback(request.socket.remoteAddress ?? "") &&
      request.headers["x-forwarded-for"] === undefined &&
      request.headers.forwarded === undefined,
  };
}

/** The same derivation is in the web's `client-address.ts`; a test compares. */
export function webProof(secret: string): string {
  return createHmac("sha256", secret)
    .update("lung-iris/web-caller")
    .digest("base64url");
}

function isWeb(request: IncomingMessage, proof: string): boolean {
  const given = request.headers[WEB_PROOF_HEADER];
  if (typeof given !== "string" || given.length !== proof.length) return false;
  return timingSafeEqual(Buffer.from(given), Buffer.from(proof));
}

function isEncrypted(socket: Socket): boolean {
  return "encrypted" in socket && socket.encrypted === true;
}

function isLoopback(address: string): boolean {
  return address === "::1" || /^(::ffff:)?127\./.test(address);
}

function firstOf(header: string | string[] | undefined): string | undefined {
  const text = Array.isArray(header) ? header[0] : header;
  return text?.split(",")[0]?.trim().toLowerCase();
}
