import { createServer as createHttpServer } from "node:http";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { ApolloServer } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from "@apollo/server/plugin/disabled";
import { ApolloServerPluginDrainHttpServer } from "@apollo/server/plugin/drainHttpServer";
import { expressMiddleware } from "@as-integrations/express5";
import express from "express";
import type {
  ErrorRequestHandler,
  Express,
  Request,
  RequestHandler,
} from "express";
import { GraphQLError } from "graphql";
import type { GraphQLSchema } from "graphql";
import { anonymousViewer } from "./access/viewer.ts";
import { askedFor, looksPlugin } from "./audit/looks-plugin.ts";
import { noteRefusals } from "./audit/refusals/refusal-route.ts";
import { refusalsPlugin } from "./audit/refusals/refusals-plugin.ts";
import {
  TICKET_REFUSED,
  socketRefusals,
} from "./audit/refusals/socket-refusals.ts";
import { compose } from "./composition.ts";
import type { Composition, ServerDeps } from "./composition.ts";
import { contextFor, createContext } from "./context.ts";
import type { ApiContext } from "./context.ts";
import { createDeskFigures } from "./desk-figures.ts";
import {
  healthRoutes,
  metricsReaders,
} from "./features/health/health.routes.ts";
import { BODY_CAP_MS, refuseSlowBodies } from "./http/slow-body.ts";
import { strictHttp } from "./http/strict-http.ts";
import { formatGraphQLError, publicError } from "./format-error.ts";
import type { Logger } from "./logger.ts";
import { AppError } from "./errors.ts";
import { saysDatabaseAway } from "./platform/database-away.ts";
import { knownClients } from "./platform/client-address.ts";
import type { Clients } from "./platform/client-address.ts";
import {
  logRequests,
  oncePerRequest,
  originOf,
  requestIdOf,
  requestIdentity,
} from "./platform/http-context.ts";
import type { ContextOf } from "./platform/http-context.ts";
import { trackErrorRequests } from "./platform/error-requests.ts";
import { ObjectStoreError, isStoreAway } from "./platform/object-store.ts";
import { createMetrics } from "./platform/metrics.ts";
import type { Metrics } from "./platform/metrics.ts";
import {
  MAX_TOKENS,
  QUERY_LIMITS,
  queryLimitsRule,
} from "./platform/query-limits.ts";
import { hearSessionNews } from "./platform/session-news.ts";
import { requestChecksPlugin } from "./platform/request-checks.ts";
import { serveSubscriptions } from "./platform/subscriptions.ts";
import { buildApiSchema } from "./schema.ts";

export interface ApiServer {
  app: Express;
  httpServer: Server;
  apollo: ApolloServer<ApiContext>;
  schema: GraphQLSchema;
  composition: Composition;
  listen(port: number, host: string): Promise<AddressInfo>;
  /** Stops taking requests, lets those running end, closes the sockets. */
  close(): Promise<void>;
}

const RULES = [queryLimitsRule(QUERY_LIMITS)];

/**
 * Idle connections outlast those of the proxies before us, so that none is
 * closed just as the next request goes out on it. Node's own limit on a request
 * answers without a word, so ours (`refuseSlowBodies`) comes before it.
 */
const HTTP_TIMES = {
  keepAliveTimeout: 65_000,
  headersTimeout: 66_000,
  requestTimeout: BODY_CAP_MS + 60_000,
};

/** Longest GraphQL body: marks of a heavily annotated review, with room. */
const BODY_LIMIT = "512kb";

/** Apollo on Express with everything handed in; reads no environment. */
export async function createServer(deps: ServerDeps): Promise<ApiServer> {
  const metrics = createMetrics();
  const figures = createDeskFigures({ ...deps, registry: metrics.registry });
  const news = hearSessionNews(deps.notifications);
  const composition = compose(deps, figures, news);
  const clients = knownClients(deps.config);
  const schema = await buildApiSchema(composition.resolvers);
  const app = express();
  const httpServer = createHttpServer(HTTP_TIMES, app);
  const state = { isDraining: false };
  const { looks, refusedAccess } = composition;
  const apollo = createApollo(deps, schema, httpServer, metrics, composition);
  await apollo.start();
  mountRoutes(app, { deps, composition, apollo, metrics, clients, state });
  const subscriptions = serveSubscriptions({
    httpServer,
    schema,
    rules: RULES,
    clients,
    webUrl: deps.config.webUrl,
    news,
    redeemTicket: (ticket, origin) =>
      composition.sessions.redeemTicket(ticket, origin),
    resume: (id, origin) => composition.sessions.resume(id, origin),
    contextFor: (viewer) => contextFor(composition.context, viewer),
    beforeSending: (context, operation) =>
      looks.record(context, askedFor(operation)),
    noteErrors: (viewer, payload, errors) =>
      refusedAccess.note(viewer, socketRefusals({ schema, payload, errors })),
    noteBadTicket: (origin) =>
      refusedAccess.note(anonymousViewer(origin), [TICKET_REFUSED]),
    formatError: (error, requestId) =>
      formatGraphQLError(error, requestId, deps.logger),
  });
  return {
    app,
    httpServer,
    apollo,
    schema,
    composition,
    listen: (port, host) => listen(httpServer, port, host),
    async close() {
      state.isDraining = true;
      figures.stop();
      await composition.refusedAttempts.stop();
      news.stop();
      composition.stop();
      await subscriptions.close();
      await refusedAccess.stop();
      await apollo.stop(); // drains and closes the HTTP server
    },
  };
}

function createApollo(
  deps: ServerDeps,
  schema: GraphQLSchema,
  httpServer: Server,
  metrics: Metrics,
  { looks, refusedAccess }: Composition,
): ApolloServer<ApiContext> {
  const errorRequests = trackErrorRequests();
  return new ApolloServer<ApiContext>({
    schema,
    introspection: deps.config.isDemo,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    hideSchemaDetailsFromClientErrors: !deps.config.isDemo,
    includeStacktraceInErrorResponses: false,
    maxRecursiveSelections: true,
    parseOptions: { maxLexicalTokens: MAX_TOKENS },
    validationRules: RULES,
    stopOnTerminationSignals: false,
    logger: deps.logger.child({ part: "apollo" }),
    formatError: (_formatted, error) =>
      formatGraphQLError(error, errorRequests.requestIdOf(error), deps.logger),
    plugins: [
      ApolloServerPluginDrainHttpServer({
        httpServer,
        stopGracePeriodMillis: 10_000,
      }),
      ApolloServerPluginLandingPageDisabled(),
      // Nothing is kept (`notKept`); counting hints would cost a call a field.
      ApolloServerPluginCacheControlDisabled(),
      metrics.graphql,
      errorRequests.plugin,
      requestChecksPlugin,
      refusalsPlugin(refusedAccess),
      looksPlugin(looks, (error, requestId) =>
        formatGraphQLError(error, requestId, deps.logger),
      ),
    ],
  });
}

interface Mounted {
  deps: ServerDeps;
  composition: Composition;
  apollo: ApolloServer<ApiContext>;
  metrics: Metrics;
  clients: Clients;
  state: { isDraining: boolean };
}

function mountRoutes(app: Express, mounted: Mounted): void {
  const { deps, composition, apollo, metrics, clients, state } = mounted;
  const contextOf = oncePerRequest((request: Request) =>
    createContext(composition.context, request, originOf(request, clients)),
  );
  app.disable("x-powered-by");
  // Nobody keeps an answer, so nobody asks whether it is the same still.
  app.set("etag", false);
  // Addresses come from `clients`; Express is to believe no header by itself.
  app.set("trust proxy", false);
  app.use(
    requestIdentity,
    logRequests(deps.logger),
    strictHttp(clients),
    metrics.http,
  );
  app.use(refuseSlowBodies());
  app.use(
    healthRoutes({
      database: deps.database,
      objectStore: deps.objectStore,
      metrics: metrics.registry,
      mayReadMetrics: metricsReaders(clients, deps.config.metricsToken),
      isDemo: deps.config.isDemo,
      isDraining: () => state.isDraining,
    }),
  );
  app.use(
    "/graphql",
    notKept,
    express.json({ limit: BODY_LIMIT }),
    expressMiddleware(apollo, {
      context: ({ req }) => graphQLContext(contextOf, req),
    }),
  );
  for (const router of composition.routers) app.use(router(contextOf));
  app.use((request, response) => {
    response.status(404).json({
      error: { code: "NOT_FOUND", message: `No such path: ${request.path}` },
    });
  });
  app.use(
    noteRefusals(composition.refusedAccess, contextOf, (request) =>
      originOf(request, clients),
    ),
    httpErrors(deps.logger),
  );
}

/** Answers are about patients. */
const notKept: RequestHandler = (_request, response, next) => {
  response.setHeader("cache-control", "no-store");
  next();
};

/** Finding out who asks needs the database; without it the answer is 503. */
async function graphQLContext(
  contextOf: ContextOf,
  request: Request,
): Promise<ApiContext> {
  try {
    return await contextOf(request);
  } catch (error) {
    if (!(error instanceof Error) || !saysDatabaseAway(error)) throw error;
    throw new GraphQLError("The database does not answer.", {
      originalError: error,
      extensions: { http: { status: 503 } },
    });
  }
}

/** One JSON form for every failure outside GraphQL execution. */
function httpErrors(logger: Logger): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) {
      next(error); // Express cuts the connection: the answer is half sent
      return;
    }
    const known =
      error instanceof AppError
        ? error
        : (bodyError(error) ?? storeFailure(error));
    const { message, code, details } = publicError(
      known ?? error,
      requestIdOf(request),
      logger,
    );
    const status = code === "UNAVAILABLE" ? 503 : (known?.httpStatus ?? 500);
    response.status(status).json({ error: { code, message, ...details } });
  };
}

/** A store that is away is no defect of ours, and passes. */
function storeFailure(error: unknown): AppError | undefined {
  if (!(error instanceof ObjectStoreError) || !isStoreAway(error)) return;
  const code = error.code === "full" ? "STORAGE_FULL" : "UNAVAILABLE";
  return new AppError(code, error.message, { cause: error });
}

/** express.json's refusals carry a `status`; they are the client's doing. */
function bodyError(error: unknown): AppError | undefined {
  if (!(error instanceof Error) || !("status" in error)) return undefined;
  const { status } = error;
  if (typeof status !== "number" || status >= 500) return undefined;
  return status === 413
    ? new AppError("TOO_LARGE", `The body is larger than ${BODY_LIMIT}.`)
    : new AppError("BAD_USER_INPUT", "The body cannot be read as JSON.");
}

function listen(
  server: Server,
  port: number,
  host: string,
): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      // Listening on a port, so the address is never a pipe's name or null.
      resolve(server.address() as AddressInfo);
    });
  });
}
