"use client";

import { useQuery } from "@apollo/client/react";
import { createContext, type ReactNode, useContext } from "react";
import type {
  PolicyReadersQuery,
  ReaderPoolsQuery,
} from "../../gql/graphql.ts";
import { READER_POOLS } from "../pools/pool-queries.ts";
import { POLICY_READERS } from "../policy-draft/policy-queries.ts";

type Reader = PolicyReadersQuery["policyReaders"][number];
type Pool = ReaderPoolsQuery["readerPools"][number];

interface PolicyReaders {
  readers: readonly Reader[];
  /** Those that are open. */
  pools: readonly Pool[];
  error: unknown;
}

const Context = createContext<PolicyReaders>({
  readers: [],
  pools: [],
  error: null,
});

/** The readers and pools of a site, asked for once for the form and its history. */
export function PolicyReadersProvider(props: {
  siteId: string;
  children: ReactNode;
}) {
  const { data, error } = useQuery(POLICY_READERS, {
    variables: { siteId: props.siteId },
  });
  const ofPools = useQuery(READER_POOLS, {
    variables: { siteId: props.siteId },
    fetchPolicy: "cache-and-network",
  });
  const readers = data?.policyReaders ?? [];
  const pools = ofPools.data?.readerPools ?? [];
  const failure = error ?? ofPools.error;
  return (
    <Context value={{ readers, pools, error: failure }}>
      {props.children}
    </Context>
  );
}

export function usePolicyReaders(): PolicyReaders {
  return useContext(Context);
}

/** The name of a reader; who left the site stays an id. */
export function usePolicyReaderName(): (id: string) => string {
  const { readers } = usePolicyReaders();
  return (id) => readers.find((reader) => reader.id === id)?.name ?? id;
}
