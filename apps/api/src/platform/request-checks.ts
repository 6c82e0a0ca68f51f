import type { ApolloServerPlugin } from "@apollo/server";
import type {
  DocumentNode,
  GraphQLError,
  GraphQLSchema,
  OperationDefinitionNode,
} from "graphql";
import { strangeRequest } from "./plain-input.ts";
import { QUERY_LIMITS, refusePastLimits } from "./query-limits.ts";

/** A valid operation with what is known only once its variables are. */
export interface KnownRequest {
  schema: GraphQLSchema;
  document: DocumentNode;
  operation: OperationDefinitionNode;
  variables: Readonly<Record<string, unknown>> | null | undefined;
}

/** Why a valid operation is not run with these variables; null where it is. */
export function refuseRequest(request: KnownRequest): GraphQLError | null {
  const { document, variables } = request;
  return (
    strangeRequest(document, variables) ??
    refusePastLimits(QUERY_LIMITS, { ...request, variables: variables ?? {} })
  );
}

/** Refuses such requests before a resolver sees them. */
export const requestChecksPlugin: ApolloServerPlugin = {
  requestDidStart: () =>
    Promise.resolve({
      didResolveOperation({ schema, document, operation, request }) {
        const { variables } = request;
        const refusal =
          operation === undefined
            ? null
            : refuseRequest({ schema, document, operation, variables });
        return refusal === null ? Promise.resolve() : Promise.reject(refusal);
      },
    }),
};
