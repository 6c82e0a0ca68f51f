import * as z from "zod/mini";
import { REQUEST_ID_HEADER, newRequestId } from "../../lib/request-id.ts";
import { apiRoutes } from "../../lib/routes.ts";
import type { FilmResult } from "./upload-state.ts";

const resultSchema = z.object({
  outcome: z.enum(["accepted", "duplicate", "refused", "set-aside"]),
  caseId: z.nullable(z.string()),
  imageId: z.nullable(z.string()),
  code: z.nullable(z.string()),
  message: z.nullable(z.string()),
  canBeTaken: z.boolean(),
  modality: z.nullable(z.string()),
});

const answerSchema = z.object({
  results: z.array(resultSchema).check(z.minLength(1)),
});
const refusalSchema = z.object({
  error: z.object({ code: z.string(), message: z.string() }),
});

/** The film did not get an answer of its own. */
export class SendFailure extends Error {
  /** Some of it has reached the server: trying again goes on from there. */
  hasMoved = false;

  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = "SendFailure";
  }
}

export interface SendRequest {
  file: File;
  siteId: string | null;
  details: Record<string, unknown>;
  /** Overrules a doubtful modality. */
  takeAsChest: boolean;
  /** 0…1 of what has left this machine. */
  onProgress: (sent: number) => void;
  signal: AbortSignal;
}

export type SendFilm = (request: SendRequest) => Promise<FilmResult>;

/** Longer than the server waits in silence, so that it may say why. */
const SILENCE_MS = 120_000;

/**
 * Sends one film through this site's own proxy. XMLHttpRequest, because fetch
 * does not tell how much of a body has left.
 * @throws SendFailure with the API's code, or NETWORK
 */
export const sendFilm: SendFilm = ({
  file,
  siteId,
  details,
  takeAsChest,
  onProgress,
  signal,
}) =>
  new Promise((resolve, reject) => {
    const form = new FormData();
    if (siteId) form.set("siteId", siteId);
    form.set("details", JSON.stringify(details));
    if (takeAsChest) form.set("takeAs", "chest");
    form.set("film", file, file.name);
    const request = new XMLHttpRequest();
    const fail = (code: string, message: string) =>
      reject(new SendFailure(code, message));
    const silence = watchSilence(SILENCE_MS, () => {
      fail("STALLED", "Nothing has left this machine for a while.");
      request.abort();
    });
    request.onloadend = () => silence.stop();
    // Once all of it has left, it is the server's turn.
    request.upload.onload = () => silence.stop();
    request.upload.onprogress = ({ loaded, total }) => {
      silence.heard();
      onProgress(total > 0 ? loaded / total : 0);
    };
    request.onload = () => {
      try {
        resolve(readAnswer(request.status, request.responseText));
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    };
    request.onerror = () => fail("NETWORK", "The connection broke.");
    request.onabort = () => fail("ABORTED", "The upload was stopped.");
    signal.addEventListener("abort", () => request.abort(), { once: true });
    request.open("POST", apiRoutes.upload);
    request.setRequestHeader(REQUEST_ID_HEADER, newRequestId());
    request.send(form);
  });

/**
 * Calls once when nothing was heard for so long: a line that died without a
 * word would leave the film at its percentage for ever.
 */
export function watchSilence(
  ms: number,
  onSilence: () => void,
): { heard: () => void; stop: () => void } {
  let timer = setTimeout(onSilence, ms);
  let isOver = false;
  return {
    heard: () => {
      clearTimeout(timer);
      if (!isOver) timer = setTimeout(onSilence, ms);
    },
    stop: () => {
      isOver = true;
      clearTimeout(timer);
    },
  };
}

/**
 * What the server said of the film.
 * @throws SendFailure when it said something of the whole request instead
 */
export function readAnswer(status: number, text: string): FilmResult {
  const body = parseJson(text);
  const answer = answerSchema.safeParse(body);
  const result = answer.data?.results[0];
  if (status === 200 && result) return result;
  const refusal = refusalSchema.safeParse(body);
  if (refusal.success) {
    const { code, message } = refusal.data.error;
    throw new SendFailure(code, message);
  }
  // A server on the way that gave up waiting says no more than that.
  const code = status === 408 ? "REQUEST_TOO_SLOW" : "API_UNREACHABLE";
  throw new SendFailure(code, `The server answered ${status}.`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A proxy's own error page; the caller sees that it fits no schema.
    return null;
  }
}
