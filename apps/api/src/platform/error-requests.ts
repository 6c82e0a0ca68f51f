import type { ApolloServerPlugin } from "@apollo/server";
import type { ApiContext } from "../context.ts";

/**
 * Apollo formats errors without saying of which request they are; the
 * plugin notes it when they occur, so that the answer can name its request.
 */
export interface ErrorRequests {
  plugin: ApolloServerPlugin<ApiContext>;
  requestIdOf(error: unknown): string;
}

export function trackErrorRequests(): ErrorRequests {
  const ids = new WeakMap<object, string>();
  return {
    plugin: {
      requestDidStart: () =>
        Promise.resolve({
          didEncounterErrors({ errors, contextValue }) {
            for (const error of errors) ids.set(error, contextValue.requestId);
            return Promise.resolve();
          },
        }),
    },
    requestIdOf: (error) =>
      (typeof error === "object" && error !== null
        ? ids.get(error)
        : undefined) ?? "unknown",
  };
}
