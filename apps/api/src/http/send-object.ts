import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import type { Request, Response } from "express";
import type { ByteRange, ObjectStore } from "../platform/object-store.ts";

export interface SendOptions {
  store: ObjectStore;
  key: string;
  /** Strong validator, without quotes. */
  etag: string;
  contentType: string;
  cacheControl: string;
  /** Offers the object to be saved under this name. */
  fileName?: string;
  /** The object is stored gzipped; unpacked for those who cannot. */
  isGzipped?: boolean;
}

/**
 * Streams an object: conditional (If-None-Match), in one range where asked
 * for (RFC 9110 14.2; several ranges are answered whole), head only for HEAD.
 */
export async function sendObject(
  request: Request,
  response: Response,
  options: SendOptions,
): Promise<void> {
  try {
    await send(request, response, options);
  } catch (error) {
    if (!response.headersSent) forgetHeaders(response);
    throw error;
  }
}

/** An error is no film: not to be kept, saved or taken for one. */
function forgetHeaders(response: Response): void {
  for (const name of OBJECT_HEADERS) response.removeHeader(name);
  response.setHeader("Cache-Control", "no-store");
}

const OBJECT_HEADERS = [
  "ETag",
  "Content-Disposition",
  "Content-Encoding",
  "Content-Length",
  "Accept-Ranges",
  "Content-Range",
];

async function send(
  request: Request,
  response: Response,
  options: SendOptions,
): Promise<void> {
  setHeaders(response, options);
  if (matchesEtag(request.get("if-none-match"), options.etag)) {
    response.status(304).end();
    return;
  }
  if (options.isGzipped === true) {
    await sendGzipped(request, response, options);
    return;
  }
  const bytes = await sizeOf(options);
  response.setHeader("Accept-Ranges", "bytes");
  const range = requestedRange(request, options.etag, bytes);
  if (range === "unsatisfiable") {
    response.setHeader("Content-Range", `bytes */${String(bytes)}`);
    response.status(416).end();
    return;
  }
  if (range) {
    const { start, end } = range;
    const whole = String(bytes);
    response.status(206);
    response.setHeader("Content-Range", `bytes ${start}-${end}/${whole}`);
  }
  const length = range ? range.end - range.start + 1 : bytes;
  response.setHeader("Content-Length", length);
  if (request.method === "HEAD" || length === 0) {
    response.end();
    return;
  }
  await stream(response, options, range);
}

function setHeaders(response: Response, options: SendOptions): void {
  response.setHeader("Content-Type", options.contentType);
  response.setHeader("Cache-Control", options.cacheControl);
  response.setHeader("ETag", `"${options.etag}"`);
  if (options.fileName !== undefined) {
    response.attachment(options.fileName);
    // attachment() also guesses a type from the name.
    response.setHeader("Content-Type", options.contentType);
  }
}

/**
 * Unpacked in pieces as large as these: with zlib's own of 16 KB a film of 72 MB
 * took half as long again through the two servers before the browser.
 */
const UNPACKED_BYTES = 256 * 1024;

async function sendGzipped(
  request: Request,
  response: Response,
  options: SendOptions,
): Promise<void> {
  response.vary("Accept-Encoding");
  const takesGzip = request.acceptsEncodings("gzip") === "gzip";
  if (takesGzip) {
    response.setHeader("Content-Encoding", "gzip");
    response.setHeader("Content-Length", await sizeOf(options));
  }
  if (request.method === "HEAD") {
    response.end();
    return;
  }
  if (takesGzip) {
    await stream(response, options, null);
    return;
  }
  const { stream: body } = await options.store.read(options.key);
  const unpacked = createGunzip({ chunkSize: UNPACKED_BYTES });
  await untilGone(pipeline(body, unpacked, response));
}

async function stream(
  response: Response,
  options: SendOptions,
  range: ByteRange | null,
): Promise<void> {
  const { stream: body } = await options.store.read(
    options.key,
    range ?? undefined,
  );
  await untilGone(pipeline(body, response));
}

/** A reader who goes away in the middle is no failure of ours. */
async function untilGone(sending: Promise<void>): Promise<void> {
  try {
    await sending;
  } catch (error) {
    const isGone =
      error instanceof Error &&
      "code" in error &&
      error.code === "ERR_STREAM_PREMATURE_CLOSE";
    if (!isGone) throw error;
  }
}

async function sizeOf({ store, key }: SendOptions): Promise<number> {
  const bytes = await store.size(key);
  if (bytes !== null) return bytes;
  const { bytes: found, stream: unread } = await store.read(key); // throws
  unread.destroy();
  return found;
}

/** Whether the client's copy is the present one; `*` is any. */
export function matchesEtag(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header
    .split(",")
    .map((part) => part.trim().replace(/^W\//, ""))
    .some((part) => part === "*" || part === `"${etag}"`);
}

function requestedRange(
  request: Request,
  etag: string,
  bytes: number,
): ByteRange | "unsatisfiable" | null {
  const condition = request.get("if-range");
  if (condition !== undefined && !matchesEtag(condition, etag)) return null;
  return parseRange(request.get("range"), bytes);
}

/** Reads one byte range; `null` means the whole object. */
export function parseRange(
  header: string | undefined,
  bytes: number,
): ByteRange | "unsatisfiable" | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? "");
  if (!match || (match[1] === "" && match[2] === "")) return null;
  if (match[1] === "") {
    const last = Number(match[2]);
    if (last === 0 || bytes === 0) return "unsatisfiable";
    return { start: Math.max(0, bytes - last), end: bytes - 1 };
  }
  const start = Number(match[1]);
  const end = match[2] === "" ? bytes - 1 : Number(match[2]);
  if (start >= bytes) return "unsatisfiable";
  if (end < start) return null;
  return { start, end: Math.min(end, bytes - 1) };
}
