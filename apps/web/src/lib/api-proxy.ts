import type { IncomingMessage } from "node:http";
import type { NextRequest } from "next/server";
import { env } from "./env.ts";
import { WEB_PROOF_HEADER } from "./front-door.ts";
import { isSameOrigin } from "./same-origin.ts";
import { REQUEST_ID_HEADER, keptRequestId } from "./request-id.ts";
import { readSessionToken } from "./session.ts";
import { bodyOf, streamToApi } from "./stream-to-api.ts";

type Shape = "graphql" | "rest";

/** What travels back from the API to the browser; all else stays behind. */
const RESPONSE_HEADERS = [
  "content-type",
  "content-disposition",
  "content-range",
  "accept-ranges",
  "cache-control",
  "etag",
  "last-modified",
  "retry-after",
  "vary",
  // Uploads in pieces (tus). Its Location is relative, so it holds here too.
  "location",
  "tus-resumable",
  "upload-expires",
  "upload-length",
  "upload-offset",
  "x-request-id",
];

const REQUEST_HEADERS = [
  "accept",
  "accept-language",
  "content-length",
  "content-type",
  "if-none-match",
  "if-modified-since",
  "range",
  "tus-resumable",
  "upload-length",
  "upload-metadata",
  "upload-offset",
  "user-agent",
  // Our door wrote both (front-door.ts); the API writes the address into the
  // trail because of the proof beside it.
  "x-forwarded-for",
  WEB_PROOF_HEADER,
];

/**
 * Passes one request on to the API, adding the bearer of the session, and its
 * answer back. Both bodies stream; neither is held here. When the browser goes
 * away the API's request is aborted.
 * @param path below the API's address, with its leading slash
 */
export async function passToApi(
  request: NextRequest,
  path: string,
  shape: Shape,
): Promise<Response> {
  const requestId = keptRequestId(request.headers.get(REQUEST_ID_HEADER));
  const isChange = request.method !== "GET" && request.method !== "HEAD";
  if (isChange && !isSameOrigin(request.headers, env().webUrl)) {
    return refusal(shape, 403, "CROSS_SITE", "Not from a page of this site.");
  }
  const token = await readSessionToken(request);
  if (!token?.apiToken) {
    return refusal(shape, 401, "UNAUTHENTICATED", "Sign in first.");
  }
  try {
    const answer = await streamToApi({
      url: `${env().apiUrl}${path}`,
      method: request.method,
      headers: headersFor(request, token.apiToken, requestId),
      body: isChange ? request.body : null,
      signal: request.signal,
    });
    return new Response(isBodiless(answer) ? null : bodyOf(answer), {
      status: answer.statusCode ?? 502,
      headers: responseHeaders(answer),
    });
  } catch (error) {
    if (request.signal.aborted) return new Response(null, { status: 499 });
    console.error(`${request.method} ${path} (${requestId}): no answer`, error);
    return refusal(shape, 503, "API_UNREACHABLE", "The API cannot be reached.");
  }
}

function headersFor(
  request: NextRequest,
  bearer: string,
  requestId: string,
): Record<string, string> {
  const headers: Record<string, string> = {
    authorization: `Bearer ${bearer}`,
    // Next takes Content-Encoding off an answer, so a packed body would
    // arrive as noise; it packs texts again by itself.
    "accept-encoding": "identity",
    [REQUEST_ID_HEADER]: requestId,
  };
  for (const name of REQUEST_HEADERS) {
    const value = request.headers.get(name);
    if (value) headers[name] = value;
  }
  return headers;
}

function isBodiless({ statusCode }: IncomingMessage): boolean {
  return statusCode === 204 || statusCode === 304;
}

function responseHeaders(answer: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(answer.headers)) {
    const isWanted =
      RESPONSE_HEADERS.includes(name) || name.startsWith("x-film-");
    if (isWanted && value !== undefined) headers.set(name, String(value));
  }
  headers.set("x-content-type-options", "nosniff");
  return headers;
}

function refusal(
  shape: Shape,
  status: number,
  code: string,
  message: string,
): Response {
  const body =
    shape === "graphql"
      ? { errors: [{ message, extensions: { code } }] }
      : { error: { code, message } };
  return Response.json(body, { status });
}
