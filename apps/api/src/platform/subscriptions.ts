import type { Server } from "node:http";
import type { IncomingMessage } from "node:http";
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
  GraphQLFormattedError,
  GraphQLSchema,
  ValidationRule,
} from "graphql";
import { useServer } from "graphql-ws/use/ws";
import { WebSocketServer } from "ws";
import { z } from "zod";
import type { Origin, UserViewer } from "../access/viewer.ts";
import type { ApiContext } from "../context.ts";
import { MAX_TOKENS } from "./query-limits.ts";
import { newRequestId } from "./ids.ts";
import { strangeRequest } from "./plain-input.ts";

/** Sessions of open sockets are looked at again this often. */
const RECHECK_MS = 60_000;
/** graphql-ws protocol: 4403 Forbidden. */
const CLOSE_FORBIDDEN = 4403;
/** Subscriptions of one socket: a page uses two. */
const MAX_SUBSCRIPTIONS = 20;

const connectionParams = z.object({ ticket: z.string().min(20).max(200) });

export interface SubscriptionDeps {
  httpServer: Server;
  schema: GraphQLSchema;
  rules: readonly ValidationRule[];
  redeemTicket(ticket: string, origin: Origin): Promise<UserViewer | null>;
  resume(sessionId: string, origin: Origin): Promise<UserViewer | null>;
  contextFor(viewer: UserViewer): ApiContext;
  formatError(error: unknown, requestId: string): GraphQLFormattedError;
}

interface Extra extends Record<PropertyKey, unknown> {
  viewer?: UserViewer;
  recheck?: NodeJS.Timeout;
  running?: Set<string>;
}

/**
 * GraphQL over WebSocket at /graphql. A ticket opens the socket; when its
 * session ends, the socket is closed within a minute.
 */
export function serveSubscriptions(deps: SubscriptionDeps): {
  close(): Promise<void>;
} {
  const sockets = new WebSocketServer({
    server: deps.httpServer,
    path: "/graphql",
    maxPayload: 64 * 1024,
  });
  const disposable = useServer<Record<string, unknown>, Extra>(
    {
      schema: deps.schema,
      connectionInitWaitTimeout: 10_000,
      async onConnect({ connectionParams: given, extra }) {
        const params = connectionParams.safeParse(given);
        if (!params.success) return false;
        const origin = socketOrigin(extra.request);
        const viewer = await deps.redeemTicket(params.data.ticket, origin);
        if (viewer === null) return false;
        extra.viewer = viewer;
        extra.running = new Set();
        extra.recheck = setInterval(() => {
          void stillSignedIn(deps, viewer).then((isSignedIn) => {
            if (!isSignedIn) extra.socket.close(CLOSE_FORBIDDEN, "signed out");
          });
        }, RECHECK_MS);
        extra.recheck.unref();
        return true;
      },
      onClose({ extra }) {
        clearInterval(extra.recheck);
      },
      onSubscribe({ extra }, id, { query, operationName, variables }) {
        const { viewer, running } = extra;
        if (viewer === undefined || running === undefined)
          return [new GraphQLError("Sign in to go on.")];
        if (running.size >= MAX_SUBSCRIPTIONS)
          return [new GraphQLError("Too many subscriptions on one socket.")];
        running.add(id);
        return executionArgs(deps, viewer, query, operationName, variables);
      },
      onComplete({ extra }, id) {
        extra.running?.delete(id);
      },
      onError({ extra }, _id, _message, errors) {
        return errors.map((error) =>
          deps.formatError(error, extra.viewer?.origin.requestId ?? ""),
        );
      },
      onNext({ extra }, _id, _message, _args, result) {
        if (result.errors === undefined) return undefined;
        const requestId = extra.viewer?.origin.requestId ?? "";
        return {
          data: result.data ?? null,
          errors: result.errors.map((error) =>
            deps.formatError(error, requestId),
          ),
        };
      },
    },
    sockets,
  );
  return {
    close: async () => {
      await disposable.dispose();
    },
  };
}

function executionArgs(
  deps: SubscriptionDeps,
  viewer: UserViewer,
  query: string,
  operationName: string | null | undefined,
  variables: Record<string, unknown> | null | undefined,
) {
  let document;
  try {
    document = parse(query, { maxLexicalTokens: MAX_TOKENS });
  } catch (error) {
    return [
      error instanceof GraphQLError ? error : new GraphQLError("cannot parse"),
    ];
  }
  const errors = validate(deps.schema, document, [
    ...specifiedRules,
    ...deps.rules,
  ]);
  if (errors.length > 0) return errors;
  const refusal =
    strangeRequest(document, variables) ??
    notASubscription(document, operationName);
  if (refusal !== null) return [refusal];
  return {
    schema: deps.schema,
    document,
    operationName: operationName ?? null,
    variableValues: variables ?? null,
    contextValue: deps.contextFor(viewer),
  };
}

/** The viewer of a socket is as old as the socket: it may only listen. */
function notASubscription(
  document: DocumentNode,
  operationName: string | null | undefined,
): GraphQLError | null {
  const operation = getOperationAST(document, operationName);
  if (operation?.operation === OperationTypeNode.SUBSCRIPTION) return null;
  return new GraphQLError(
    "A socket takes subscriptions only; send the rest by HTTP.",
    { extensions: { code: "BAD_USER_INPUT" } },
  );
}

async function stillSignedIn(
  deps: SubscriptionDeps,
  viewer: UserViewer,
): Promise<boolean> {
  try {
    return (await deps.resume(viewer.sessionId, viewer.origin)) !== null;
  } catch {
    return true; // the database is away: the next look decides
  }
}

function socketOrigin(request: IncomingMessage): Origin {
  return {
    address: request.socket.remoteAddress ?? null,
    userAgent: request.headers["user-agent"]?.slice(0, 300) ?? null,
    requestId: newRequestId(),
  };
}
