import type { NextRequest } from "next/server";
import { env } from "./env.ts";
import { isSameOrigin } from "./same-origin.ts";
import { readSessionToken } from "./session.ts";

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
  "x-request-id",
];

const REQUEST_HEADERS = [
  "accept",
  "accept-language",
  "content-type",
  "if-none-match",
  "if-modified-since",
  "range",
  "user-agent",
  "x-request-id",
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
  const isChange = request.method !== "GET" && request.method !== "HEAD";
  if (isChange && !isSameOrigin(request.headers, env().webUrl)) {
    return refusal(shape, 403, "CROSS_SITE", "Not from a page of this site.");
  }
  const token = await readSessionToken(request);
  if (!token?.apiToken) {
    return refusal(shape, 401, "UNAUTHENTICATED", "Sign in first.");
  }
  try {
    const answer = await fetch(`${env().apiUrl}${path}`, {
      method: request.method,
      headers: headersFor(request, token.apiToken),
      redirect: "manual",
      cache: "no-store",
      signal: request.signal,
      ...(isChange ? streamed(request) : {}),
    });
    return new Response(answer.body, {
      status: answer.status,
      headers: responseHeaders(answer),
    });
  } catch (error) {
    if (request.signal.aborted) return new Response(null, { status: 499 });
    console.error(`${request.method} ${path.split("?")[0]}: no answer`, error);
    return refusal(shape, 503, "API_UNREACHABLE", "The API cannot be reached.");
  }
}

/** `duplex` is what fetch asks for with a streamed body; its type lacks it. */
function streamed(request: NextRequest): RequestInit & { duplex: "half" } {
  return { body: request.body, duplex: "half" };
}

function headersFor(request: NextRequest, bearer: string): Headers {
  const headers = new Headers({ authorization: `Bearer ${bearer}` });
  for (const name of REQUEST_HEADERS) {
    const value = request.headers.get(name);
    if (value) headers.set(name, value);
  }
  const forwarded = request.headers.get("x-forwarded-for");
  if (forwarded) headers.set("x-forwarded-for", forwarded);
  return headers;
}

function responseHeaders(answer: Response): Headers {
  const headers = new Headers();
  for (const [name, value] of answer.headers) {
    if (RESPONSE_HEADERS.includes(name) || name.startsWith("x-film-")) {
      headers.set(name, value);
    }
  }
  // fetch has already unpacked a compressed body, so its length has changed.
  const length = answer.headers.get("content-length");
  if (length && !answer.headers.get("content-encoding")) {
    headers.set("content-length", length);
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
