import { subscribe } from "node:diagnostics_channel";
import type { Server } from "node:http";

/**
 * How long a request may be on its way: the API's half hour and a minute, so
 * that the API is the one that gives up. Node's own five minutes cut an upload
 * over a bad line, and Next.js has no setting for them.
 */
export const REQUEST_MS = 31 * 60_000;

/**
 * Gives each server of this process the longer time with its first request;
 * Node asks for the value whenever it looks for requests that take too long.
 */
export function allowSlowRequests(requestMs = REQUEST_MS): void {
  subscribe("http.server.request.start", (message) => {
    // Node's documented message of this channel.
    const { server } = message as { server: Server };
    if (server.requestTimeout !== requestMs) server.requestTimeout = requestMs;
  });
}
