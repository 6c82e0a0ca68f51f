import type { Request, RequestHandler } from "express";

export interface PaceOptions {
  /** How long a client is watched before it is judged. */
  windowMs: number;
  /** What it must send in that time while we wait for it. */
  minBytes: number;
}

/** 1 kB/s: a hundredth of the slowest line that films are sent over. */
const PACE: PaceOptions = { windowMs: 30_000, minBytes: 30_000 };

/**
 * Ends requests whose body dribbles in: each holds a connection, a parser and
 * a staging file for as long as its sender likes. Time in which we do not
 * read (the decoder is busy, the store is slow) does not count against it.
 */
export function refuseSlowBodies(pace: PaceOptions = PACE): RequestHandler {
  return (request, response, next) => {
    if (!hasBody(request)) {
      next();
      return;
    }
    let before = request.socket.bytesRead;
    const timer = setInterval(() => {
      if (request.complete || request.destroyed) {
        clearInterval(timer);
        return;
      }
      const now = request.socket.bytesRead;
      const isSlow = now - before < pace.minBytes && waitsForClient(request);
      before = now;
      if (!isSlow) return;
      clearInterval(timer);
      if (!response.headersSent) {
        response.setHeader("Connection", "close");
        response.status(408).json({
          error: {
            code: "REQUEST_TOO_SLOW",
            message: "The request came in too slowly. Send it again.",
          },
        });
      }
      // What it sends from now on is nobody's.
      response.once("close", () => request.destroy());
      response.socket?.end();
    }, pace.windowMs);
    timer.unref();
    response.once("close", () => clearInterval(timer));
    next();
  };
}

/** Nothing lies here unread: it is the client's turn. */
function waitsForClient(request: Request): boolean {
  return request.readableLength === 0 && !request.isPaused();
}

function hasBody({ headers }: Request): boolean {
  return (
    headers["transfer-encoding"] !== undefined ||
    Number(headers["content-length"] ?? 0) > 0
  );
}
