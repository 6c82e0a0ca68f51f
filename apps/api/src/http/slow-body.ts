import type { Request, RequestHandler, Response } from "express";

export interface PaceOptions {
  /** How long a client is watched before it is judged. */
  windowMs: number;
  /** What it must send in that time while we wait for it. */
  minBytes: number;
  /** Slow windows in a row that end a request: bad lines stall and go on. */
  patience: number;
  /** What a whole body may take, however evenly it comes. */
  capMs: number;
}

/** A body may take half an hour: 100 MB over a line of 0.5 Mbit/s. */
export const BODY_CAP_MS = 30 * 60_000;

/**
 * 1 kB/s, a hundredth of the slowest line that films are sent over, and up to
 * a minute and a half of silence.
 */
const PACE: PaceOptions = {
  windowMs: 30_000,
  minBytes: 30_000,
  patience: 3,
  capMs: BODY_CAP_MS,
};

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
    let slowWindows = 0;
    const judge = setInterval(() => {
      if (request.complete || request.destroyed) {
        stop();
        return;
      }
      const now = request.socket.bytesRead;
      const isSlow = now - before < pace.minBytes && waitsForClient(request);
      before = now;
      slowWindows = isSlow ? slowWindows + 1 : 0;
      if (slowWindows < pace.patience) return;
      stop();
      end(request, response, "The request came in too slowly. Send it again.");
    }, pace.windowMs);
    const cap = setTimeout(() => {
      stop();
      if (request.complete || request.destroyed) return;
      const minutes = String(Math.round(pace.capMs / 60_000));
      end(
        request,
        response,
        `The request took longer than ${minutes} minutes. Send it again over a better line, a film at a time.`,
      );
    }, pace.capMs);
    const stop = (): void => {
      clearInterval(judge);
      clearTimeout(cap);
    };
    judge.unref();
    cap.unref();
    response.once("close", stop);
    next();
  };
}

/** Says why and hangs up. */
function end(request: Request, response: Response, message: string): void {
  if (!response.headersSent) {
    response.setHeader("Connection", "close");
    response.status(408).json({ error: { code: "REQUEST_TOO_SLOW", message } });
  }
  // What it sends from now on is nobody's.
  response.once("close", () => request.destroy());
  response.socket?.end();
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
