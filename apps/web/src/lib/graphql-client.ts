import {
  ApolloClient,
  ApolloLink,
  HttpLink,
  InMemoryCache,
} from "@apollo/client";
import { CombinedGraphQLErrors } from "@apollo/client/errors";
import { ErrorLink } from "@apollo/client/link/error";
import { GraphQLWsLink } from "@apollo/client/link/subscriptions";
import { getMainDefinition } from "@apollo/client/utilities";
import { Kind, OperationTypeNode } from "graphql";
import { createClient } from "graphql-ws";
import { tap } from "rxjs";
import type { ConnectionState } from "./connection-state.ts";
import { errorCode } from "./error-text.ts";
import { noteChange } from "./last-change.ts";
import { PAGED_LISTS, pagedLists } from "./paged-lists.ts";
import { REQUEST_ID_HEADER, newRequestId } from "./request-id.ts";
import { apiRoutes } from "./routes.ts";
import { noteServerDate } from "./server-clock.ts";
import { CREATE_SUBSCRIPTION_TICKET } from "./session-queries.ts";

interface ClientOptions {
  /** For example ws://127.0.0.1:4000; subscriptions open /graphql there. */
  webSocketOrigin: string;
  connection: ConnectionState;
}

/**
 * The browser's GraphQL client: questions and changes go through this site's
 * own proxy, which holds the session; subscriptions go to the API directly,
 * with a ticket that is asked for anew on every connection.
 */
export function createGraphqlClient(options: ClientOptions): ApolloClient {
  const http = ApolloLink.from([
    watchLink(options.connection),
    nameLink(),
    changeLink(),
    new HttpLink({ uri: apiRoutes.graphql, credentials: "same-origin" }),
  ]);
  const client = new ApolloClient({
    cache: createCache(),
    link: http,
    defaultOptions: {
      // Lists are shown from memory at once and brought up to date behind.
      watchQuery: { nextFetchPolicy: "cache-first" },
    },
  });
  const socket = subscriptionLink(options, client);
  client.setLink(
    ApolloLink.split(
      ({ query }) => isOf(query, OperationTypeNode.SUBSCRIPTION),
      socket,
      http,
    ),
  );
  return client;
}

function isOf(
  query: Parameters<typeof getMainDefinition>[0],
  type: OperationTypeNode,
): boolean {
  const definition = getMainDefinition(query);
  return (
    definition.kind === Kind.OPERATION_DEFINITION &&
    definition.operation === type
  );
}

/** What the browser remembers of answers; a list is one, however it was loaded. */
export function createCache(): InMemoryCache {
  return new InMemoryCache({
    typePolicies: {
      Query: { fields: pagedLists(PAGED_LISTS.Query) },
      Case: {
        fields: {
          ...pagedLists(PAGED_LISTS.Case),
          // What is sent or forgotten is not among those that came anew.
          keptTexts: { merge: false },
        },
      },
    },
  });
}

/** Names each request, so that the trail and the logs can be asked for it. */
function nameLink(): ApolloLink {
  return new ApolloLink((operation, forward) => {
    operation.setContext(({ headers }: { headers?: object }) => ({
      headers: { ...headers, [REQUEST_ID_HEADER]: newRequestId() },
    }));
    return forward(operation);
  });
}

/** Notes when a change was sent that other questions may overtake. */
function changeLink(): ApolloLink {
  return new ApolloLink((operation, forward) => {
    const { query } = operation;
    // A ticket changes nothing that a page shows, and every page asks for one.
    if (isOf(query, OperationTypeNode.MUTATION) && !isTicket(operation)) {
      noteChange();
    }
    return forward(operation);
  });
}

function isTicket({ operationName }: ApolloLink.Operation): boolean {
  const [definition] = CREATE_SUBSCRIPTION_TICKET.definitions;
  return (
    definition?.kind === Kind.OPERATION_DEFINITION &&
    definition.name?.value === operationName
  );
}

/** Tells the connection state what every answer says about the line. */
function watchLink(connection: ConnectionState): ApolloLink {
  const errors = new ErrorLink(({ error }) => {
    const code = errorCode(error);
    if (code === "UNAUTHENTICATED") connection.sessionEnded();
    else if (code === "NETWORK" || code === "API_UNREACHABLE")
      connection.lost();
    if (CombinedGraphQLErrors.is(error) && code !== "API_UNREACHABLE") {
      connection.reached();
    }
  });
  const answers = new ApolloLink((operation, forward) =>
    forward(operation).pipe(
      tap((result) => {
        noteServerDate(dateOf(operation), Date.now());
        if (!result.errors) connection.reached();
      }),
    ),
  );
  return ApolloLink.from([errors, answers]);
}

/** When the server says it answered, where the answer came by HTTP. */
function dateOf(operation: ApolloLink.Operation): string | null {
  const { response } = operation.getContext();
  return response instanceof Response ? response.headers.get("date") : null;
}

/** Longest pause between two tries to reconnect. */
const MAX_PAUSE_MS = 30_000;

function subscriptionLink(
  { webSocketOrigin }: ClientOptions,
  client: ApolloClient,
): ApolloLink {
  const socket = createClient({
    url: `${webSocketOrigin}/graphql`,
    lazy: true,
    keepAlive: 15_000,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    retryWait: (tries) => pause(tries),
    connectionParams: async () => {
      const { data } = await client.mutate({
        mutation: CREATE_SUBSCRIPTION_TICKET,
      });
      return { ticket: data?.createSubscriptionTicket.ticket };
    },
  });
  return new GraphQLWsLink(socket);
}

/** Doubles from one second, with a random part so that not all come at once. */
function pause(tries: number): Promise<void> {
  const base = Math.min(MAX_PAUSE_MS, 1000 * 2 ** tries);
  const wait = base / 2 + Math.random() * (base / 2);
  return new Promise((resolve) => setTimeout(resolve, wait));
}
