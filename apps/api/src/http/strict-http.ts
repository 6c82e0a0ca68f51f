import type { RequestHandler } from "express";
import type { Clients } from "../platform/client-address.ts";

const REFUSED_METHODS = ["TRACE", "TRACK", "CONNECT"];
const A_YEAR = String(365 * 24 * 60 * 60);

/** The API answers data, never pages: nothing of it may be framed or run. */
export function strictHttp(clients: Clients): RequestHandler {
  return (request, response, next) => {
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Content-Security-Policy", "default-src 'none'");
    response.setHeader("Referrer-Policy", "no-referrer");
    response.setHeader("Cache-Control", "no-store");
    // RFC 6797 7.2: only over TLS; elsewhere it must not be sent.
    if (clients.isSecure(request)) {
      response.setHeader("Strict-Transport-Security", `max-age=${A_YEAR}`);
    }
    if (REFUSED_METHODS.includes(request.method)) {
      response.setHeader("Allow", "GET, HEAD, POST, OPTIONS");
      response.status(405).json({
        error: { code: "BAD_USER_INPUT", message: "No such method here." },
      });
      return;
    }
    next();
  };
}
