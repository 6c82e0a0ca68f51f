import type { ApolloServerPlugin } from "@apollo/server";
import { Kind } from "graphql";
import type { GraphQLFormattedError, OperationDefinitionNode } from "graphql";
import type { ApiContext } from "../context.ts";
import type { AskedFor, PatientLooks } from "./patient-looks.ts";

/**
 * Records the looks of an answer before it is sent. An answer whose looks
 * cannot be recorded is not sent: the error goes in its place.
 */
export function looksPlugin(
  looks: PatientLooks,
  formatError: (error: unknown, requestId: string) => GraphQLFormattedError,
): ApolloServerPlugin<ApiContext> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        async willSendResponse({ contextValue, operation, response }) {
          const { body } = response;
          const hasData = body.kind === "single" && body.singleResult.data;
          if (operation === undefined || !hasData) return;
          try {
            await looks.record(contextValue, askedFor(operation));
          } catch (error) {
            response.http.status = 503;
            body.singleResult = {
              errors: [formatError(error, contextValue.requestId)],
            };
          }
        },
      }),
  };
}

/** What an operation asks of the root, fragments left out: we send none there. */
export function askedFor(operation: OperationDefinitionNode): AskedFor {
  const fields = operation.selectionSet.selections.map((selection) =>
    selection.kind === Kind.FIELD ? selection.name.value : "…",
  );
  return {
    kind: operation.operation,
    fields: fields.filter((name) => !name.startsWith("__")),
  };
}
