import { randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { basename } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { z } from "zod";
import type { FoundFile } from "./find-films.ts";

/** The desk refuses the run as a whole; its message says why. */
export class DeskError extends Error {
  override readonly name = "DeskError";
  /** Whether the same request may succeed a little later. */
  readonly mayPass: boolean;
  /** HTTP status; 0 where there was no answer. */
  readonly status: number;

  constructor(message: string, status: number, mayPass: boolean) {
    super(message);
    this.status = status;
    this.mayPass = mayPass;
  }
}

const signInSchema = z.object({
  data: z
    .object({ signIn: z.object({ token: z.string() }).nullable() })
    .nullish(),
  errors: z.array(z.object({ message: z.string() })).optional(),
});
const sitesSchema = z.object({
  data: z.object({
    viewer: z.object({
      sites: z.array(z.object({ id: z.string(), code: z.string() })),
    }),
  }),
});
const answerSchema = z.object({
  data: z.unknown().optional(),
  errors: z.array(z.object({ message: z.string() })).optional(),
});
const datasetSchema = z.object({
  state: z.enum(["QUEUED", "RUNNING", "READY", "FAILED"]),
  done: z.number(),
  total: z.number(),
  error: z.string().nullable(),
  sha256: z.string().nullable(),
  downloadPath: z.string().nullable(),
});
export type DatasetProgress = z.output<typeof datasetSchema>;
const filmSchema = z.object({
  outcome: z.enum(["accepted", "duplicate", "refused", "set-aside"]),
  code: z.string().nullable(),
  message: z.string().nullable(),
});
const uploadSchema = z.object({ results: z.array(filmSchema).min(1) });
const errorSchema = z.object({ error: z.object({ message: z.string() }) });

export type FilmAnswer = z.output<typeof filmSchema>;

/** Talks to the API as any client does: sign in, ask, upload. */
export class DeskClient {
  readonly #url: string;
  #token: string | null = null;

  constructor(url: string) {
    this.#url = url.replace(/\/+$/, "");
  }

  /** Whether the desk has demo logins. */
  async isDemo(): Promise<boolean> {
    const health = await this.#json(
      "/healthz",
      z.object({ demo: z.boolean() }),
    );
    return health.demo;
  }

  async signIn(email: string, password: string): Promise<void> {
    const answer = await this.#graphql(
      "mutation SignIn($email: String!, $password: String!) { signIn(email: $email, password: $password) { token } }",
      { email, password },
      signInSchema,
    );
    const token = answer.data?.signIn?.token;
    if (token === undefined) {
      const why = answer.errors?.[0]?.message ?? "The sign-in was refused.";
      throw new DeskError(why, 401, false);
    }
    this.#token = token;
  }

  /** The id of the site by id or code; the only one where `null`. */
  async siteId(wanted: string | null): Promise<string> {
    const { data } = await this.#graphql(
      "{ viewer { sites { id code } } }",
      {},
      sitesSchema,
    );
    const { sites } = data.viewer;
    const [only, ...others] = sites;
    const names = sites.map(({ code }) => code).join(", ");
    const found =
      wanted === null
        ? others.length === 0
          ? only
          : undefined
        : sites.find(({ id, code }) => id === wanted || code === wanted);
    if (found) return found.id;
    throw new DeskError(
      wanted === null
        ? `Say which site with --site; yours are: ${names}.`
        : `You have no site ${wanted}; yours are: ${names}.`,
      400,
      false,
    );
  }

  /** Asks for a dataset; the desk's refusal is the error's message. */
  async createDataset(
    name: string,
    filter: Readonly<Record<string, unknown>>,
    format: Readonly<Record<string, unknown>>,
  ): Promise<string> {
    const { createDataset } = await this.#answer(
      "mutation CreateDataset($name: String!, $filter: DatasetFilter!, $format: DatasetFormat) { createDataset(name: $name, filter: $filter, format: $format) { id } }",
      { name, filter, format },
      z.object({ createDataset: z.object({ id: z.string() }) }),
    );
    return createDataset.id;
  }

  /** How far a dataset is. */
  async dataset(id: string): Promise<DatasetProgress> {
    const { dataset } = await this.#answer(
      "query Dataset($id: ID!) { dataset(id: $id) { state done total error sha256 downloadPath } }",
      { id },
      z.object({ dataset: datasetSchema.nullable() }),
    );
    if (dataset) return dataset;
    throw new DeskError("The dataset is not there any more.", 404, false);
  }

  /** Streams what lies at a path of the desk. */
  async download(path: string): Promise<Readable> {
    let response: Response;
    try {
      response = await fetch(`${this.#url}${path}`, {
        headers: this.#authorization(),
      });
    } catch (error) {
      throw noAnswer(this.#url, error);
    }
    if (response.status === 200 && response.body) {
      return Readable.fromWeb(response.body);
    }
    throw deskError(response.status, await response.text());
  }

  /** The data of an operation, or its first error in the desk's words. */
  async #answer<T extends z.ZodType>(
    query: string,
    variables: Readonly<Record<string, unknown>>,
    data: T,
  ): Promise<z.output<T>> {
    const answer = await this.#graphql(query, variables, answerSchema);
    const parsed = data.safeParse(answer.data);
    if (parsed.success) return parsed.data;
    const why = answer.errors?.[0]?.message ?? "The desk gave no answer.";
    throw new DeskError(why, 400, false);
  }

  /** Streams one film; memory use does not grow with its size. */
  async upload(
    file: FoundFile,
    fields: Readonly<Record<string, string>>,
  ): Promise<FilmAnswer> {
    const boundary = `lung-iris-${randomUUID()}`;
    const head = Buffer.from(
      Object.entries(fields)
        .map(
          ([name, value]) =>
            `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
        )
        .join("") +
        `--${boundary}\r\nContent-Disposition: form-data; name="film"; filename="${quoted(basename(file.path))}"\r\nContent-Type: application/octet-stream\r\n\r\n`,
    );
    const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
    const { status, body } = await this.#post(
      boundary,
      head.length + file.size + tail.length,
      head,
      file.path,
      tail,
    );
    if (status === 200) {
      const [result] = uploadSchema.parse(JSON.parse(body)).results;
      if (result) return result;
    }
    throw deskError(status, body);
  }

  async #post(
    boundary: string,
    length: number,
    head: Buffer,
    path: string,
    tail: Buffer,
  ): Promise<{ status: number; body: string }> {
    const url = new URL(`${this.#url}/upload`);
    const send = url.protocol === "https:" ? httpsRequest : httpRequest;
    const request = send(url, {
      method: "POST",
      headers: {
        ...this.#authorization(),
        "content-type": `multipart/form-data; boundary=${boundary}`,
        "content-length": length,
      },
    });
    const answered = new Promise<IncomingMessage>((resolve, reject) => {
      request.on("response", resolve);
      request.on("error", reject);
    });
    // Settled below; an early answer may come while the film is still sent.
    answered.catch(() => undefined);
    try {
      await pipeline(async function* () {
        yield head;
        yield* createReadStream(path);
        yield tail;
      }, request);
    } catch (error) {
      if (isFileError(error)) {
        request.destroy();
        throw error;
      }
      // A server that refuses early closes the request under the sender.
    }
    try {
      const response = await answered;
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk as Buffer);
      const body = Buffer.concat(chunks).toString("utf8");
      return { status: response.statusCode ?? 0, body };
    } catch (error) {
      throw noAnswer(this.#url, error);
    }
  }

  #authorization(): Record<string, string> {
    return this.#token === null
      ? {}
      : { authorization: `Bearer ${this.#token}` };
  }

  #graphql<T extends z.ZodType>(
    query: string,
    variables: Readonly<Record<string, unknown>>,
    schema: T,
  ): Promise<z.output<T>> {
    return this.#json("/graphql", schema, {
      method: "POST",
      headers: { ...this.#authorization(), "content-type": "application/json" },
      body: JSON.stringify({ query, variables }),
    });
  }

  async #json<T extends z.ZodType>(
    path: string,
    schema: T,
    init: RequestInit = {},
  ): Promise<z.output<T>> {
    let response: Response;
    try {
      response = await fetch(`${this.#url}${path}`, init);
    } catch (error) {
      throw noAnswer(this.#url, error);
    }
    const body = await response.text();
    const parsed = schema.safeParse(safeJson(body));
    if (parsed.success) return parsed.data;
    throw deskError(response.status, body);
  }
}

function deskError(status: number, body: string): DeskError {
  const known = errorSchema.safeParse(safeJson(body));
  const message = known.success
    ? known.data.error.message
    : `The desk answered with status ${String(status)}.`;
  // A line that was too slow once, or a desk that is too busy, may be better.
  const mayPass =
    status === 408 || status === 429 || (status >= 500 && status !== 507);
  return new DeskError(message, status, mayPass);
}

function noAnswer(url: string, error: unknown): DeskError {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  const code =
    cause instanceof Error && "code" in cause ? String(cause.code) : "";
  return new DeskError(
    `The desk at ${url} does not answer${code === "" ? "" : ` (${code})`}. Is it running?`,
    0,
    true,
  );
}

function isFileError(error: unknown): boolean {
  return (
    error instanceof Error && "syscall" in error && error.syscall === "open"
  );
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** A file name inside quotes, as browsers write it (WHATWG HTML 4.10.21.8). */
function quoted(name: string): string {
  return name
    .replaceAll('"', "%22")
    .replaceAll("\r", "%0D")
    .replaceAll("\n", "%0A");
}
