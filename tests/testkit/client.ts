import { expect } from "vitest";
import { z } from "zod";

const answerSchema = z.object({
  data: z.unknown().optional(),
  errors: z
    .array(
      z.object({
        message: z.string(),
        extensions: z.object({ code: z.string() }).loose(),
      }),
    )
    .optional(),
});

export interface Answer {
  /** The data, parsed; fails the test when there are errors. */
  data<T>(schema: z.ZodType<T>): T;
  /** The data as it came; fails the test when there are errors. */
  anyData(): Record<string, unknown>;
  /** Fails the test unless the first error has the code; returns the error. */
  refusedWith(code: string): {
    message: string;
    extensions: Record<string, unknown>;
  };
  /** Code of the first error, or null. */
  code: string | null;
}

export interface TestClient {
  execute(
    query: string,
    variables?: Record<string, unknown>,
    headers?: Record<string, string>,
  ): Promise<Answer>;
  /** A request to another path with the client's bearer. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
}

/** A client of the HTTP API; without a token it is not signed in. */
export function createClient(address: string, token?: string): TestClient {
  const bearer: Record<string, string> =
    token === undefined ? {} : { authorization: `Bearer ${token}` };
  return {
    async execute(query, variables = {}, headers = {}) {
      const response = await fetch(`${address}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json", ...bearer, ...headers },
        body: JSON.stringify({ query, variables }),
      });
      return readAnswer(await response.json());
    },
    fetch: (path, init = {}) =>
      fetch(`${address}${path}`, {
        ...init,
        headers: {
          ...bearer,
          ...Object.fromEntries(new Headers(init.headers)),
        },
      }),
  };
}

function readAnswer(body: unknown): Answer {
  const { data, errors = [] } = answerSchema.parse(body);
  const [first] = errors;
  const anyData = (): Record<string, unknown> => {
    expect(errors).toEqual([]);
    return z.record(z.string(), z.unknown()).parse(data);
  };
  return {
    anyData,
    data: (schema) => schema.parse(anyData()),
    refusedWith(code) {
      expect(first?.extensions.code).toBe(code);
      return first ?? { message: "", extensions: {} };
    },
    code: first?.extensions.code ?? null,
  };
}
