"use client";

import { ApolloProvider } from "@apollo/client/react";
import {
  createContext,
  type ReactNode,
  useContext,
  useState,
  useSyncExternalStore,
} from "react";
import {
  type ConnectionSnapshot,
  ConnectionState,
} from "../../lib/connection-state.ts";
import { createGraphqlClient } from "../../lib/graphql-client.ts";

const ConnectionContext = createContext<ConnectionState | null>(null);

interface GraphqlProviderProps {
  webSocketOrigin: string;
  children: ReactNode;
}

export function GraphqlProvider(props: GraphqlProviderProps) {
  const [{ client, connection }] = useState(() => {
    const state = new ConnectionState();
    const { webSocketOrigin } = props;
    return {
      connection: state,
      client: createGraphqlClient({ webSocketOrigin, connection: state }),
    };
  });
  return (
    <ConnectionContext value={connection}>
      <ApolloProvider client={client}>{props.children}</ApolloProvider>
    </ConnectionContext>
  );
}

export function useConnectionState(): ConnectionState {
  const state = useContext(ConnectionContext);
  if (!state) throw new Error("GraphqlProvider is missing above.");
  return state;
}

export function useConnection(): ConnectionSnapshot {
  const state = useConnectionState();
  return useSyncExternalStore(state.subscribe, state.read, state.read);
}

function watchBrowser(listener: () => void): () => void {
  window.addEventListener("online", listener);
  window.addEventListener("offline", listener);
  return () => {
    window.removeEventListener("online", listener);
    window.removeEventListener("offline", listener);
  };
}

/** Whether the line to the server is there, as far as the page can tell. */
export function useIsOnline(): boolean {
  const { isReachable } = useConnection();
  const hasNetwork = useSyncExternalStore(
    watchBrowser,
    () => navigator.onLine,
    () => true,
  );
  return isReachable && hasNetwork;
}
