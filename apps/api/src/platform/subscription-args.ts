import {
  GraphQLError,
  OperationTypeNode,
  getOperationAST,
  parse,
  specifiedRules,
  validate,
} from "graphql";
import type {
  DocumentNode,
  ExecutionArgs,
  GraphQLSchema,
  ValidationRule,
} from "graphql";
import type { ApiContext } from "../context.ts";
import { MAX_TOKENS } from "./query-limits.ts";
import { refuseRequest } from "./request-checks.ts";

export interface SubscribePayload {
  query: string;
  operationName?: string | null | undefined;
  variables?: Record<string, unknown> | null | undefined;
}

/** What to execute for a message of a socket, or why it is refused. */
export function subscriptionArgs(
  {
    schema,
    rules,
  }: { schema: GraphQLSchema; rules: readonly ValidationRule[] },
  contextValue: ApiContext,
  { query, operationName, variables }: SubscribePayload,
): ExecutionArgs | readonly GraphQLError[] {
  let document: DocumentNode;
  try {
    document = parse(query, { maxLexicalTokens: MAX_TOKENS });
  } catch (error) {
    return [
      error instanceof GraphQLError ? error : new GraphQLError("cannot parse"),
    ];
  }
  const errors = validate(schema, document, [...specifiedRules, ...rules]);
  if (errors.length > 0) return errors;
  const operation = getOperationAST(document, operationName);
  // The viewer of a socket is as old as the socket: it may only listen.
  if (operation?.operation !== OperationTypeNode.SUBSCRIPTION)
    return [notASubscription()];
  const refusal = refuseRequest({ schema, document, operation, variables });
  if (refusal !== null) return [refusal];
  return {
    schema,
    document,
    operationName: operationName ?? null,
    variableValues: variables ?? null,
    contextValue,
  };
}

function notASubscription(): GraphQLError {
  return new GraphQLError(
    "A socket takes subscriptions only; send the rest by HTTP.",
    { extensions: { code: "BAD_USER_INPUT" } },
  );
}
