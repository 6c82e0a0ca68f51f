"use client";

import { useQuery } from "@apollo/client/react";
import { createContext, type ReactNode, useContext } from "react";
import type { PolicyReadersQuery } from "../../gql/graphql.ts";
import { POLICY_READERS } from "./policy-queries.ts";

type Reader = PolicyReadersQuery["policyReaders"][number];

interface PolicyReaders {
  readers: readonly Reader[];
  error: unknown;
}

const Context = createContext<PolicyReaders>({ readers: [], error: null });

/** The readers of a site, asked for once for the form and its history. */
export function PolicyReadersProvider(props: {
  siteId: string;
  children: ReactNode;
}) {
  const { data, error } = useQuery(POLICY_READERS, {
    variables: { siteId: props.siteId },
  });
  const readers = data?.policyReaders ?? [];
  return <Context value={{ readers, error }}>{props.children}</Context>;
}

export function usePolicyReaders(): PolicyReaders {
  return useContext(Context);
}

/** The name of a reader; who left the site stays an id. */
export function usePolicyReaderName(): (id: string) => string {
  const { readers } = usePolicyReaders();
  return (id) => readers.find((reader) => reader.id === id)?.name ?? id;
}
