import type { IncomingMessage } from "node:http";
import { PassThrough, type Readable } from "node:stream";
import busboy from "busboy";
import { AppError, BadInputError } from "../errors.ts";

/** Bounds of one multipart request. */
export interface UploadLimits {
  maxFilmBytes: number;
  maxFilms: number;
  /** The `details` field, which may hold a form for each film. */
  maxFieldBytes: number;
}

/** Handles one film part; its body is drained whatever happens to it. */
export type TakeFilm = (
  film: { fileName: string; body: Readable },
  fields: ReadonlyMap<string, string>,
) => Promise<void>;

/** What can be said of the request once all of it was read. */
export interface UploadSummary {
  films: number;
  /** Fields that came after the first film and so could not be used. */
  lateFields: string[];
  /** More films than allowed were sent; the rest was not read. */
  isCutOff: boolean;
}

/**
 * Reads a multipart request as it arrives. Each film goes to `take` while it
 * streams; films before it may still be at work. Resolves when the request
 * is read and every film is done. Rejects when the request is no multipart
 * form, the sender goes away, or `take` throws: then nothing more is read.
 */
export async function readUpload(
  request: IncomingMessage,
  limits: UploadLimits,
  take: TakeFilm,
): Promise<UploadSummary> {
  const parser = createParser(request, limits);
  const fields = new Map<string, string>();
  const summary: UploadSummary = { films: 0, lateFields: [], isCutOff: false };
  const tasks: Promise<void>[] = [];
  await new Promise<void>((resolve, reject) => {
    const fail = (error: unknown): void => {
      request.unpipe(parser);
      reject(error instanceof Error ? error : new Error(String(error)));
    };
    parser.on("field", (name, value, info) => {
      if (info.valueTruncated) fail(tooLargeField(name, limits));
      else if (summary.films > 0) summary.lateFields.push(name);
      else fields.set(name, value);
    });
    parser.on("file", (name, part, { filename }) => {
      // The parser tells of a broken request itself; a part's own error
      // would otherwise end the process.
      part.on("error", () => undefined);
      if (name !== "film") {
        part.resume();
        return;
      }
      summary.films += 1;
      const fileName = filename ?? `film-${String(summary.films)}`;
      const task = takePart(part, (body) => take({ fileName, body }, fields));
      task.catch(fail);
      tasks.push(task);
    });
    parser.on("filesLimit", () => (summary.isCutOff = true));
    parser.on("error", (error) => fail(new BadInputError(formProblem(error))));
    parser.on("close", resolve);
    request.on("close", () => {
      if (!request.complete) fail(new UploadAbortedError());
    });
    request.pipe(parser);
  }).finally(() => parser.destroy());
  await Promise.all(tasks);
  return summary;
}

/** The sender went away in the middle; there is nobody to answer. */
export class UploadAbortedError extends AppError {
  override readonly name = "UploadAbortedError";
  constructor() {
    super("BAD_USER_INPUT", "The upload ended before it was whole.");
  }
}

/** Hands a part on and reads to its end what the taker left unread. */
async function takePart(
  part: Readable,
  take: (body: Readable) => Promise<void>,
): Promise<void> {
  // A stream of our own in between: destroying the parser's own would leave
  // it waiting for a reader that never comes.
  const body = part.pipe(new PassThrough());
  part.on("close", () => {
    if (!part.readableEnded) body.destroy();
  });
  try {
    await take(body);
  } finally {
    part.unpipe(body);
    part.resume();
  }
}

function createParser(
  request: IncomingMessage,
  limits: UploadLimits,
): busboy.Busboy {
  try {
    return busboy({
      headers: request.headers,
      defParamCharset: "utf8",
      limits: {
        // One byte more than allowed: the store sees that it is too much.
        fileSize: limits.maxFilmBytes + 1,
        files: limits.maxFilms,
        fieldSize: limits.maxFieldBytes,
        fields: 20,
      },
    });
  } catch {
    throw new BadInputError(
      "Send the films as multipart/form-data, each in a part named film.",
    );
  }
}

function formProblem(error: unknown): string {
  const detail = error instanceof Error ? error.message : String(error);
  return `The upload cannot be read as a form: ${detail}.`;
}

function tooLargeField(name: string, limits: UploadLimits): AppError {
  const limit = Math.round(limits.maxFieldBytes / 1024);
  return new AppError(
    "TOO_LARGE",
    `The field ${name} is larger than ${String(limit)} KB.`,
  );
}
