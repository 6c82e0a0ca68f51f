import { getOperationAST, parse } from "graphql";
import type { DocumentNode, GraphQLError, GraphQLSchema } from "graphql";
import { MAX_TOKENS } from "../../platform/query-limits.ts";
import { refusalsIn } from "./graphql-refusals.ts";
import type { Refusal } from "./refusal.ts";

/** A message of a socket and what went wrong with it. */
export interface SocketFailure {
  schema: GraphQLSchema;
  payload: {
    query: string;
    operationName?: string | null | undefined;
    variables?: Record<string, unknown> | null | undefined;
  };
  errors: readonly GraphQLError[];
}

/** A ticket that opens no socket. */
export const TICKET_REFUSED: Refusal = {
  operation: "subscription ticket",
  reason: "not-signed-in",
  what: null,
  permission: null,
  asked: {},
  siteId: null,
};

/** What of a subscription was refused. */
export function socketRefusals(failure: SocketFailure): Refusal[] {
  const { schema, payload, errors } = failure;
  const document = readDocument(payload.query);
  const operation =
    document && getOperationAST(document, payload.operationName);
  if (!document || !operation) return [];
  const { variables } = payload;
  return refusalsIn({
    schema,
    document,
    operation,
    variables,
    errors,
    data: null,
  });
}

function readDocument(query: string): DocumentNode | null {
  try {
    // Longer ones are refused before anything of them is run.
    return parse(query, { maxLexicalTokens: MAX_TOKENS });
  } catch {
    return null;
  }
}
