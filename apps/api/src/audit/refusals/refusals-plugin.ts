import type { ApolloServerPlugin } from "@apollo/server";
import type { ApiContext } from "../../context.ts";
import { refusalsIn } from "./graphql-refusals.ts";
import type { RefusedAccess } from "./refused-access.ts";

/** Writes down what a request was refused, before the answer is sent. */
export function refusalsPlugin(
  refused: RefusedAccess,
): ApolloServerPlugin<ApiContext> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        async willSendResponse({
          contextValue,
          document,
          errors = [],
          operation,
          request,
          response,
          schema,
        }) {
          if (document === undefined || operation === undefined) return;
          const { body } = response;
          const data = body.kind === "single" ? body.singleResult.data : null;
          const { variables } = request;
          await refused.note(
            contextValue.viewer,
            refusalsIn({
              schema,
              document,
              operation,
              variables,
              errors,
              data,
            }),
          );
        },
      }),
  };
}
