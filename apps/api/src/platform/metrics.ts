import type { ApolloServerPlugin } from "@apollo/server";
import type { RequestHandler } from "express";
import { Kind } from "graphql";
import {
  Counter,
  Histogram,
  Registry,
  collectDefaultMetrics,
} from "prom-client";

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.3, 0.6, 1, 3, 10];

export interface Metrics {
  registry: Registry;
  /** Times every HTTP request by route, never by full path. */
  http: RequestHandler;
  /** Times every GraphQL operation by its first field. */
  graphql: ApolloServerPlugin;
}

/** Metrics of one server; a registry of its own, so that tests can boot many. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const httpSeconds = new Histogram({
    name: "lung_iris_http_request_seconds",
    help: "Duration of HTTP requests by method, route and status.",
    labelNames: ["method", "route", "status"],
    buckets: SECONDS,
    registers: [registry],
  });
  const operationSeconds = new Histogram({
    name: "lung_iris_graphql_operation_seconds",
    help: "Duration of GraphQL operations by kind and first field.",
    labelNames: ["operation", "field"],
    buckets: SECONDS,
    registers: [registry],
  });
  const operationErrors = new Counter({
    name: "lung_iris_graphql_errors_total",
    help: "GraphQL errors answered, by code.",
    labelNames: ["code"],
    registers: [registry],
  });
  return {
    registry,
    http: timeRequests(httpSeconds),
    graphql: timeOperations(operationSeconds, operationErrors),
  };
}

function timeRequests(
  seconds: Histogram<"method" | "route" | "status">,
): RequestHandler {
  return (request, response, next) => {
    const end = seconds.startTimer({ method: request.method });
    response.once("finish", () => {
      end({ route: routeOf(request), status: response.statusCode });
    });
    next();
  };
}

/** The route's pattern: full paths carry ids and would grow without end. */
function routeOf(request: Parameters<RequestHandler>[0]): string {
  // Express types `route` as any; it is absent where nothing matched.
  const route = request.route as { path?: unknown } | undefined;
  if (typeof route?.path === "string") return route.path;
  return request.baseUrl === "/graphql" ? "/graphql" : "other";
}

function timeOperations(
  seconds: Histogram<"operation" | "field">,
  errors: Counter<"code">,
): ApolloServerPlugin {
  return {
    requestDidStart() {
      const startedAt = process.hrtime.bigint();
      return Promise.resolve({
        willSendResponse({ operation, response }) {
          const field = operation?.selectionSet.selections.find(
            (selection) => selection.kind === Kind.FIELD,
          );
          seconds.observe(
            {
              operation: operation?.operation ?? "none",
              field: field?.name.value ?? "none",
            },
            Number(process.hrtime.bigint() - startedAt) / 1e9,
          );
          const result =
            response.body.kind === "single"
              ? response.body.singleResult.errors
              : response.body.initialResult.errors;
          for (const { extensions } of result ?? [])
            errors.inc({ code: codeOf(extensions) });
          return Promise.resolve();
        },
      });
    },
  };
}

function codeOf(extensions: Record<string, unknown> | undefined): string {
  const code = extensions?.["code"];
  return typeof code === "string" ? code : "UNKNOWN";
}
