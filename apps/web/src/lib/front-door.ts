import type { IncomingMessage, ServerResponse } from "node:http";
import proxyAddr from "proxy-addr";
import { apiRoutes } from "./routes.ts";
import { isHost } from "./web-socket-url.ts";

/** With it the API believes the address beside it; see its client-address.ts. */
export const WEB_PROOF_HEADER = "x-lung-iris-web";

export interface FrontDoor {
  /** Proxies in front: names, addresses or networks, by commas; or "". */
  trustProxy: string;
  /** Proves this server to the API. */
  webProof: string;
  /** The address people type, when a proxy stands in front. */
  webUrl: string | null;
}

/** What was found of a request at the door. */
export interface Arrival {
  isSecure: boolean;
  /** Why it is turned away, as a status; null where it may come in. */
  refusal: 400 | 405 | null;
}

/** For everything but films: forms and questions are a few kilobytes. */
const SHORT_BODY_MS = 30_000;
const A_YEAR = String(365 * 24 * 60 * 60);

const REFUSED_METHODS = new Set(["TRACE", "TRACK", "CONNECT"]);
const FORWARDED =
  /^(forwarded|x-forwarded-(for|host|proto|port|server)|x-real-ip)$/;

/**
 * Lets a request in or turns it away, with an answer; true for what may go on.
 *
 * @param shortBodyMs how long a body may take that is no film's
 */
export function opens(
  request: IncomingMessage,
  response: ServerResponse,
  door: FrontDoor,
  shortBodyMs = SHORT_BODY_MS,
): boolean {
  const { isSecure, refusal } = takeIn(request, door);
  // RFC 6797 7.2: only over TLS; elsewhere it must not be sent.
  if (isSecure) {
    response.setHeader("Strict-Transport-Security", `max-age=${A_YEAR}`);
  }
  if (refusal !== null) {
    response.writeHead(refusal, { connection: "close" }).end();
    return false;
  }
  if (request.url?.startsWith(apiRoutes.upload) !== true)
    limitBody(request, shortBodyMs);
  return true;
}

/** A body that dribbles in holds a connection for as long as it likes. */
function limitBody(request: IncomingMessage, milliseconds: number): void {
  const timer = setTimeout(() => {
    if (!request.complete) request.destroy();
  }, milliseconds);
  timer.unref();
  request.once("close", () => clearTimeout(timer));
}

/**
 * Makes a request's headers true before anybody reads them. Whoever connects
 * can write X-Forwarded-For, -Host and -Proto: they stay only where a trusted
 * proxy wrote them, and the address that counts replaces the chain. The proof
 * for the API goes with it, so that a forged one is overwritten.
 */
export function takeIn(request: IncomingMessage, door: FrontDoor): Arrival {
  const { headers, socket } = request;
  const names = door.trustProxy.split(",").map((name) => name.trim());
  const isTrusted = proxyAddr.compile(names.filter((name) => name !== ""));
  const address = proxyAddr(request, isTrusted);
  const isProxied = isTrusted(socket.remoteAddress ?? "", 0);
  const scheme = isProxied ? firstOf(headers["x-forwarded-proto"]) : undefined;
  const host = isProxied ? firstOf(headers["x-forwarded-host"]) : undefined;
  request.headers = Object.fromEntries(
    Object.entries(headers).filter(([name]) => !FORWARDED.test(name)),
  );
  request.headers["x-forwarded-for"] = address;
  request.headers[WEB_PROOF_HEADER] = door.webProof;
  if (scheme !== undefined) request.headers["x-forwarded-proto"] = scheme;
  if (host !== undefined) request.headers["x-forwarded-host"] = host;
  return {
    isSecure: (scheme ?? schemeOf(door.webUrl)) === "https",
    refusal: refusalOf(request, host),
  };
}

function refusalOf(
  { method, headers }: IncomingMessage,
  forwardedHost: string | undefined,
): Arrival["refusal"] {
  if (REFUSED_METHODS.has(method ?? "")) return 405;
  const hosts = [headers.host, forwardedHost].filter((it) => it !== undefined);
  return hosts.every(isHost) ? null : 400;
}

function schemeOf(url: string | null): string | undefined {
  return url === null ? undefined : new URL(url).protocol.replace(":", "");
}

function firstOf(header: string | string[] | undefined): string | undefined {
  const text = Array.isArray(header) ? header[0] : header;
  return text?.split(",")[0]?.trim().toLowerCase();
}
