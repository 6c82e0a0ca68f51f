import type { IncomingMessage, Server } from "node:http";
import { GraphQLError, getOperationAST } from "graphql";
import type {
  GraphQLFormattedError,
  GraphQLSchema,
  OperationDefinitionNode,
  ValidationRule,
} from "graphql";
import { useServer } from "graphql-ws/use/ws";
import { WebSocketServer } from "ws";
import { z } from "zod";
import type { Origin, UserViewer } from "../access/viewer.ts";
import type { ApiContext } from "../context.ts";
import type { Clients } from "./client-address.ts";
import { newRequestId } from "./ids.ts";
import { SocketCount } from "./socket-count.ts";
import { isOwnPage } from "./socket-origin.ts";
import { SocketSessions } from "./socket-session.ts";
import type { SocketSessionDeps } from "./socket-session.ts";
import {
  subscriptionArgs,
  type SubscribePayload,
} from "./subscription-args.ts";

/** Not of the protocol, after HTTP's 429: the client tries again later. */
const CLOSE_TOO_MANY = 4429;

const connectionParams = z.object({ ticket: z.string().min(20).max(200) });

export interface SubscriptionDeps extends SocketSessionDeps {
  httpServer: Server;
  schema: GraphQLSchema;
  rules: readonly ValidationRule[];
  clients: Clients;
  /** The pages' address, where one is configured. */
  webUrl: string | null;
  redeemTicket(ticket: string, origin: Origin): Promise<UserViewer | null>;
  formatError(error: unknown, requestId: string): GraphQLFormattedError;
  /** Called with what a message was refused, before the answer is sent. */
  noteErrors(
    viewer: UserViewer,
    payload: SubscribePayload,
    errors: readonly GraphQLError[],
  ): Promise<void>;
  /** Called when a ticket opens no socket. */
  noteBadTicket(origin: Origin): Promise<void>;
  /** Called with the context of every event before it is sent. */
  beforeSending(
    context: ApiContext,
    operation: OperationDefinitionNode,
  ): Promise<void>;
}

interface Extra extends Record<PropertyKey, unknown> {
  viewer?: UserViewer;
  /** Subscriptions counted for this socket, by the client's id. */
  running?: Map<string, ApiContext>;
}

/**
 * GraphQL over WebSocket at /graphql. A ticket opens the socket. Before each
 * event its session is looked at again, and when the tables tell that the
 * session ended or the user's rights changed, the socket is closed at once.
 */
export function serveSubscriptions(deps: SubscriptionDeps): {
  close(): Promise<void>;
} {
  const sockets = new WebSocketServer({
    server: deps.httpServer,
    path: "/graphql",
    maxPayload: 64 * 1024,
    verifyClient: ({ req }: { req: IncomingMessage }) =>
      isOwnPage(req, deps.webUrl),
  });
  const count = new SocketCount();
  const sessions = new SocketSessions(deps);
  const end = ({ viewer, running }: Extra, id: string): void => {
    if (viewer !== undefined && running?.delete(id) === true)
      count.giveSubscription(viewer.userId);
  };
  const disposable = useServer<Record<string, unknown>, Extra>(
    {
      schema: deps.schema,
      connectionInitWaitTimeout: 10_000,
      async onConnect({ connectionParams: given, extra }) {
        const params = connectionParams.safeParse(given);
        if (!params.success) return false;
        const origin = socketOrigin(extra.request, deps.clients);
        const viewer = await deps.redeemTicket(params.data.ticket, origin);
        const { socket } = extra;
        if (viewer === null) await deps.noteBadTicket(origin);
        if (viewer === null || socket.readyState !== socket.OPEN) return false;
        if (!count.takeSocket(viewer.userId)) {
          socket.close(CLOSE_TOO_MANY, "too many sockets of one user");
          return false;
        }
        socket.once("close", () => count.giveSocket(viewer.userId));
        sessions.watch(socket, viewer);
        extra.viewer = viewer;
        extra.running = new Map();
        return true;
      },
      async onSubscribe({ extra }, id, payload) {
        const { viewer, running, socket } = extra;
        if (viewer === undefined || running === undefined)
          return [new GraphQLError("Sign in to go on.")];
        if (!running.has(id) && !count.takeSubscription(viewer.userId))
          return [tooMany()];
        const context = sessions.contextOf(socket, viewer);
        running.set(id, context);
        try {
          await context.renew?.();
        } catch (error) {
          return [asGraphQLError(error)];
        }
        return subscriptionArgs(deps, context, payload);
      },
      onComplete({ extra }, id) {
        end(extra, id);
      },
      onClose({ extra }) {
        for (const id of [...(extra.running?.keys() ?? [])]) end(extra, id);
      },
      async onError({ extra }, id, payload, errors) {
        end(extra, id);
        if (extra.viewer !== undefined)
          await deps.noteErrors(extra.viewer, payload, errors);
        return errors.map((error) =>
          deps.formatError(error, extra.viewer?.origin.requestId ?? ""),
        );
      },
      async onNext(
        { extra },
        id,
        payload,
        { document, operationName },
        result,
      ) {
        const context = extra.running?.get(id);
        const operation = getOperationAST(document, operationName);
        if (context !== undefined && operation)
          await deps.beforeSending(context, operation);
        if (result.errors === undefined) return undefined;
        if (context?.viewer.kind === "user")
          await deps.noteErrors(context.viewer, payload, result.errors);
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

function tooMany(): GraphQLError {
  return new GraphQLError("You have too many subscriptions open.", {
    extensions: { code: "BAD_USER_INPUT" },
  });
}

/** Refusals travel as GraphQL errors; what they say is decided later. */
function asGraphQLError(error: unknown): GraphQLError {
  const originalError =
    error instanceof Error ? error : new Error(String(error));
  return new GraphQLError(originalError.message, { originalError });
}

function socketOrigin(request: IncomingMessage, clients: Clients): Origin {
  return {
    address: clients.addressOf(request),
    userAgent: request.headers["user-agent"]?.slice(0, 300) ?? null,
    requestId: newRequestId(),
  };
}
