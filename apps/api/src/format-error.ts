import { unwrapResolverError } from "@apollo/server/errors";
import { GraphQLError } from "graphql";
import type { GraphQLFormattedError } from "graphql";
import { AppError } from "./errors.ts";
import type { Logger } from "./logger.ts";

/** Apollo's own codes for requests that never reached a resolver. */
const PROTOCOL_CODES = new Set([
  "GRAPHQL_PARSE_FAILED",
  "GRAPHQL_VALIDATION_FAILED",
  "BAD_USER_INPUT",
  "BAD_REQUEST",
  "OPERATION_RESOLUTION_FAILURE",
  "PERSISTED_QUERY_NOT_SUPPORTED",
  "PERSISTED_QUERY_NOT_FOUND",
]);

/** The error as HTTP clients and GraphQL clients see it. */
export interface PublicError {
  message: string;
  code: string;
  details: Record<string, unknown>;
}

/**
 * Expected refusals keep their code and message; anything else becomes one
 * generic line with the request's id, and is logged here, once.
 */
export function publicError(
  error: unknown,
  requestId: string,
  logger: Logger,
): PublicError {
  if (error instanceof AppError) {
    return {
      message: error.message,
      code: error.code,
      details: error.details,
    };
  }
  logger.error({ err: error, requestId }, "unexpected error");
  return {
    message: `Something went wrong on our side. Quote ${requestId} to support.`,
    code: "INTERNAL",
    details: { requestId },
  };
}

/** The same for an error that came out of GraphQL execution. */
export function formatGraphQLError(
  error: unknown,
  requestId: string,
  logger: Logger,
): GraphQLFormattedError {
  const original = unwrapResolverError(error);
  if (original instanceof GraphQLError) {
    const code = original.extensions["code"];
    const isProtocol =
      original.originalError === undefined &&
      original.path === undefined &&
      (code === undefined ||
        (typeof code === "string" && PROTOCOL_CODES.has(code)));
    if (isProtocol) return protocolError(original);
  }
  const { message, code, details } = publicError(original, requestId, logger);
  const graphqlError = error instanceof GraphQLError ? error : undefined;
  return {
    message,
    ...(graphqlError?.path === undefined ? {} : { path: graphqlError.path }),
    ...(graphqlError?.locations === undefined
      ? {}
      : { locations: graphqlError.locations }),
    extensions: { code, ...details },
  };
}

function protocolError(error: GraphQLError): GraphQLFormattedError {
  return {
    message: error.message,
    ...(error.locations === undefined ? {} : { locations: error.locations }),
    extensions: {
      code: error.extensions["code"] ?? "GRAPHQL_VALIDATION_FAILED",
    },
  };
}
