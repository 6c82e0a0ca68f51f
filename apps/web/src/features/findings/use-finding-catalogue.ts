"use client";

import { useQuery } from "@apollo/client/react";
import type { FindingCatalogueQuery } from "../../gql/graphql.ts";
import { FINDINGS } from "./finding-queries.ts";

export type CatalogueFinding = FindingCatalogueQuery["findings"][number];

/** Empty until it is known; it stays what it was while the page is open. */
export function useFindingCatalogue(): readonly CatalogueFinding[] {
  const { data } = useQuery(FINDINGS, { fetchPolicy: "cache-first" });
  return data?.findings ?? [];
}
