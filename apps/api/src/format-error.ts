import { GraphQLError } from "graphql";
import type { GraphQLFormattedError } from "graphql";
import { AppError } from "./errors.ts";
import type { Logger } from "./logger.ts";
import { saysDatabaseAway } from "./platform/database-away.ts";

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

/** Says nothing of addresses or parts: whoever is not signed in reads it too. */
const AWAY = "The desk cannot answer at the moment. Try again soon.";

/** The error as HTTP clients and GraphQL clients see it. */
export interface PublicError {
  message: string;
  code: string;
  details: Record<string, unknown>;
}

/**
 * Expected refusals keep their code and message; a database that does not
 * answer is one generic UNAVAILABLE; anything else becomes one generic line
 * with the request's id. The latter two are logged here, once.
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
  if (saysDatabaseAway(error)) {
    logger.warn({ err: error, requestId }, "the database does not answer");
    return { message: AWAY, code: "UNAVAILABLE", details: {} };
  }
  logger.error({ err: error, requestId }, "unexpected error");
  return {
    message: `Something went wrong on our side. Quote ${requestId} to support.`,
    code: "INTERNAL",
    details: { requestId },
  };
}

/** The same for an error that came out of GraphQL. */
export function formatGraphQLError(
  error: unknown,
  requestId: string,
  logger: Logger,
): GraphQLFormattedError {
  const place = placeOf(error);
  if (place !== null && place.path === undefined && isProtocol(place))
    return protocolError(place);
  const original = place?.originalError;
  const { message, code, details } = publicError(
    original ?? error,
    requestId,
    logger,
  );
  return {
    message,
    ...(place?.path === undefined ? {} : { path: place.path }),
    ...(place?.locations === undefined ? {} : { locations: place.locations }),
    extensions: { code, ...details },
  };
}

/**
 * A request that was refused before any resolver ran. Without a code it may
 * be one that wraps a failure of ours: that one's message may say anything,
 * an address for instance.
 */
function isProtocol({ extensions, originalError }: GraphQLError): boolean {
  const { code } = extensions;
  if (code === undefined)
    return originalError === undefined || placeOf(originalError) !== null;
  return typeof code === "string" && PROTOCOL_CODES.has(code);
}

/**
 * The error as a GraphQL error, or null. By its fields and not by its class:
 * a test runner may load graphql twice.
 */
function placeOf(error: unknown): GraphQLError | null {
  const isGraphQL =
    error instanceof GraphQLError ||
    (error instanceof Error && "extensions" in error && "positions" in error);
  // The fields above are those that only GraphQLError has.
  return isGraphQL ? (error as GraphQLError) : null;
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
