import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import { print } from "graphql";
import { z } from "zod";
import type { Caller } from "./caller.ts";
import { env } from "./env.ts";
import { WEB_PROOF_HEADER } from "./front-door.ts";

const answerSchema = z.object({
  data: z.unknown().optional(),
  errors: z
    .array(
      z.object({
        message: z.string(),
        extensions: z
          .object({
            code: z.string().optional(),
            retryAfterSeconds: z.number().optional(),
          })
          .optional(),
      }),
    )
    .optional(),
});

/** The API answered, and refused. */
export class ApiRefusal extends Error {
  constructor(
    readonly code: string,
    message: string,
    /** After how many seconds the same may be tried again, where it says so. */
    readonly retryAfterSeconds?: number,
  ) {
    super(message);
    this.name = "ApiRefusal";
  }
}

/** The API did not answer, or not in its own language. */
export class ApiUnreachable extends Error {
  override readonly name = "ApiUnreachable";
}

interface CallOptions extends Caller {
  token?: string;
}

/** How long a page waits for the API before it says so. */
const TIMEOUT_MS = 10_000;

/**
 * Calls the API from this server, on behalf of a person.
 * @throws ApiRefusal with the API's code, ApiUnreachable otherwise
 */
export async function callApi<TData, TVariables>(
  document: TypedDocumentNode<TData, TVariables>,
  variables: TVariables,
  options: CallOptions = {},
): Promise<TData> {
  const answer = answerSchema.safeParse(
    await post({ query: print(document), variables }, options),
  );
  if (!answer.success) throw new ApiUnreachable("The API's answer is no JSON.");
  const refusal = answer.data.errors?.[0];
  if (refusal) {
    throw new ApiRefusal(
      refusal.extensions?.code ?? "INTERNAL_SERVER_ERROR",
      refusal.message,
      refusal.extensions?.retryAfterSeconds,
    );
  }
  // The document's generated type describes the answer to exactly this query.
  return answer.data.data as TData;
}

async function post(body: unknown, options: CallOptions): Promise<unknown> {
  const headers = new Headers({ "content-type": "application/json" });
  if (options.token) headers.set("authorization", `Bearer ${options.token}`);
  if (options.forwardedFor)
    headers.set("x-forwarded-for", options.forwardedFor);
  if (options.webProof) headers.set(WEB_PROOF_HEADER, options.webProof);
  if (options.userAgent) headers.set("user-agent", options.userAgent);
  try {
    const response = await fetch(`${env().apiUrl}/graphql`, {
      method: "POST",
      headers,
      body: JSON.stringify(body),
      cache: "no-store",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return await response.json();
  } catch (cause) {
    throw new ApiUnreachable("The API cannot be reached.", { cause });
  }
}
