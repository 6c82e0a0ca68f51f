import {
  type IncomingMessage,
  type OutgoingHttpHeaders,
  request as httpRequest,
} from "node:http";
import { request as httpsRequest } from "node:https";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream as NodeReadableStream } from "node:stream/web";

export interface ApiRequest {
  url: string;
  method: string;
  headers: OutgoingHttpHeaders;
  body: ReadableStream<Uint8Array> | null;
  signal: AbortSignal;
}

/**
 * One HTTP request whose body and answer stream through unchanged. Not fetch:
 * Node's keeps a copy of a streamed body for redirects, which holds a whole
 * upload in memory. Each request has a connection of its own, so that none is
 * written into one that the API is just closing.
 * @throws when the API does not answer, or `signal` is aborted
 */
export function streamToApi(request: ApiRequest): Promise<IncomingMessage> {
  const { url, method, headers, body, signal } = request;
  const open = url.startsWith("https:") ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const outgoing = open(url, { method, headers, signal, agent: false });
    outgoing.on("response", resolve);
    outgoing.on("error", reject);
    if (!body) {
      outgoing.end();
      return;
    }
    // The two declarations of the same web stream differ in name only.
    const incoming = Readable.fromWeb(body as NodeReadableStream<Uint8Array>);
    pipeline(incoming, outgoing, { signal }).catch(reject);
  });
}

/** The answer's body for a Response; cancelling it closes the connection. */
export function bodyOf(answer: IncomingMessage): ReadableStream<Uint8Array> {
  // As above: Node's own declaration of the web's stream.
  return Readable.toWeb(answer) as ReadableStream<Uint8Array>;
}
