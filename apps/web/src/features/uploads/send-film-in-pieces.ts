import { REQUEST_ID_HEADER, newRequestId } from "../../lib/request-id.ts";
import { apiRoutes } from "../../lib/routes.ts";
import {
  SendFailure,
  readAnswer,
  sendFilm,
  watchSilence,
  type SendFilm,
  type SendRequest,
} from "./send-film.ts";
import type { FilmResult } from "./upload-state.ts";
import type { KnownUploads } from "./known-uploads.ts";

/** Smaller films are sent again as soon as they are asked about. */
export const LEAST_IN_PIECES = 1024 * 1024;
/** What one request carries; the server keeps what came of a broken one. */
const PIECE_BYTES = 8 * 1024 * 1024;
/** Node takes 16 KB of headers in all; a form beyond goes by /upload. */
const MOST_METADATA = 8 * 1024;
const SILENCE_MS = 120_000;

/**
 * Sends a large film in pieces (tus 1.0), so that a line that breaks, a page
 * that is left or an API that restarts costs only what was on its way. A small
 * film goes as before.
 */
export function inPieces(known: KnownUploads): SendFilm {
  return async (request) => {
    const metadata = metadataOf(request);
    const isSmall = request.file.size < LEAST_IN_PIECES;
    if (isSmall || metadata.length > MOST_METADATA) return sendFilm(request);
    const begun =
      (await takenUp(request, metadata, known)) ??
      (await begin(request, metadata));
    known.remember(request.file, metadata, begun.id);
    const result = await sendRest(request, begun);
    known.forget(request.file, metadata);
    return result;
  };
}

interface Begun {
  id: string;
  /** How much of it the server has. */
  offset: number;
}

/** Goes on with what was begun of the same file before; null where it is over. */
async function takenUp(
  { file, signal }: SendRequest,
  metadata: string,
  known: KnownUploads,
): Promise<Begun | null> {
  const id = known.find(file, metadata);
  if (id === null) return null;
  const answer = await ask("HEAD", pathOf(id), {}, signal);
  const offset = Number(answer.headers.get("upload-offset") ?? Number.NaN);
  if (answer.ok && Number.isInteger(offset)) return { id, offset };
  if (answer.status === 404) return null;
  throw await failureOf(answer);
}

async function begin(
  { file, signal }: SendRequest,
  metadata: string,
): Promise<Begun> {
  const headers = {
    "Upload-Length": String(file.size),
    "Upload-Metadata": metadata,
  };
  const answer = await ask("POST", apiRoutes.resumable, headers, signal);
  const id = answer.headers.get("location")?.split("/").at(-1);
  if (answer.status !== 201 || !id) throw await failureOf(answer);
  return { id, offset: 0 };
}

async function sendRest(
  request: SendRequest,
  { id, offset: from }: Begun,
): Promise<FilmResult> {
  const { file, onProgress } = request;
  let offset = from;
  onProgress(offset / file.size);
  try {
    for (;;) {
      // Empty once all of it is there: then its result is asked for again.
      const piece = file.slice(offset, offset + PIECE_BYTES);
      const { status, text } = await sendPiece(request, id, offset, piece);
      if (status !== 204) return readAnswer(status, text);
      offset += piece.size;
    }
  } catch (error) {
    if (error instanceof SendFailure) error.hasMoved = offset > from;
    throw error;
  }
}

/** XMLHttpRequest, because fetch does not tell how much of a body has left. */
function sendPiece(
  { file, onProgress, signal }: SendRequest,
  id: string,
  offset: number,
  piece: Blob,
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const fail = (code: string, message: string) =>
      reject(new SendFailure(code, message));
    const silence = watchSilence(SILENCE_MS, () => {
      fail("STALLED", "Nothing has left this machine for a while.");
      request.abort();
    });
    request.onloadend = () => silence.stop();
    request.upload.onload = () => silence.stop();
    request.upload.onprogress = ({ loaded }) => {
      silence.heard();
      onProgress((offset + loaded) / file.size);
    };
    request.onload = () =>
      resolve({ status: request.status, text: request.responseText });
    request.onerror = () => fail("NETWORK", "The connection broke.");
    request.onabort = () => fail("ABORTED", "The upload was stopped.");
    signal.addEventListener("abort", () => request.abort(), { once: true });
    request.open("PATCH", pathOf(id));
    request.setRequestHeader("Tus-Resumable", "1.0.0");
    request.setRequestHeader("Upload-Offset", String(offset));
    request.setRequestHeader("Content-Type", "application/offset+octet-stream");
    request.setRequestHeader(REQUEST_ID_HEADER, newRequestId());
    request.send(piece);
  });
}

async function ask(
  method: string,
  path: string,
  headers: Record<string, string>,
  signal: AbortSignal,
): Promise<Response> {
  try {
    return await fetch(path, {
      method,
      signal,
      cache: "no-store",
      headers: {
        "Tus-Resumable": "1.0.0",
        [REQUEST_ID_HEADER]: newRequestId(),
        ...headers,
      },
    });
  } catch {
    if (signal.aborted) throw new SendFailure("ABORTED", "It was stopped.");
    throw new SendFailure("NETWORK", "The connection broke.");
  }
}

/** What an answer that is no success says. */
async function failureOf(answer: Response): Promise<SendFailure> {
  try {
    readAnswer(answer.status, await answer.text());
  } catch (error) {
    if (error instanceof SendFailure) return error;
  }
  return new SendFailure(
    "API_UNREACHABLE",
    "The server's answer is no answer.",
  );
}

function pathOf(id: string): string {
  return `${apiRoutes.resumable}/${encodeURIComponent(id)}`;
}

function metadataOf(request: SendRequest): string {
  const { file, siteId, details, takeAsChest } = request;
  const values: Record<string, string> = {
    filename: file.name,
    details: JSON.stringify(details),
    ...(siteId ? { siteId } : {}),
    ...(takeAsChest ? { takeAs: "chest" } : {}),
  };
  return Object.entries(values)
    .map(([name, value]) => `${name} ${toBase64(value)}`)
    .join(",");
}

function toBase64(text: string): string {
  const bytes = new TextEncoder().encode(text);
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}
