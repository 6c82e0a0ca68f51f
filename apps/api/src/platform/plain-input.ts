import type { ApolloServerPlugin } from "@apollo/server";
import { BREAK, GraphQLError, visit } from "graphql";
import type { DocumentNode } from "graphql";
import { BadInputError } from "../errors.ts";

/**
 * What PostgreSQL cannot keep: the character NUL in a text, and the year 0,
 * which its calendar does not have (ISO 8601 does).
 */
function strangeness(text: string): string | null {
  if (text.includes("\u0000")) return "A text cannot hold the character NUL.";
  return /^0000-\d\d-\d\d(T|$)/.test(text) ? "There is no year 0." : null;
}

/** The first such text anywhere in a JSON value; null where all are plain. */
function strangeIn(value: unknown): string | null {
  if (typeof value === "string") return strangeness(value);
  if (typeof value !== "object" || value === null) return null;
  for (const [key, item] of Object.entries(value)) {
    const found = strangeness(key) ?? strangeIn(item);
    if (found !== null) return found;
  }
  return null;
}

/** @throws BadInputError for input that the database could not keep. */
export function assertPlain(value: unknown, field: string): void {
  const found = strangeIn(value);
  if (found !== null) throw new BadInputError(found, [field]);
}

/** The refusal of a request with such input in variables or literals. */
export function strangeRequest(
  document: DocumentNode,
  variables: Readonly<Record<string, unknown>> | null | undefined,
): GraphQLError | null {
  let found = strangeIn(variables);
  visit(document, {
    StringValue({ value }) {
      found ??= strangeness(value);
      return found === null ? undefined : BREAK;
    },
  });
  return found === null
    ? null
    : new GraphQLError(found, { extensions: { code: "BAD_USER_INPUT" } });
}

/** Refuses such requests before a resolver sees them. */
export const plainInputPlugin: ApolloServerPlugin = {
  requestDidStart: () =>
    Promise.resolve({
      didResolveOperation({ document, request }) {
        const refusal = strangeRequest(document, request.variables);
        return refusal === null ? Promise.resolve() : Promise.reject(refusal);
      },
    }),
};
