"use client";

import { useLocalStorage } from "@mantine/hooks";
import { createContext, type ReactNode, useContext, useMemo } from "react";
import type { ViewerQuery } from "../../gql/graphql.ts";
import { useViewer } from "./viewer-context.tsx";

type Site = ViewerQuery["viewer"]["sites"][number];

interface SiteValue {
  sites: readonly Site[];
  /** The site that pages are narrowed to; null means all of the viewer's. */
  site: Site | null;
  choose: (siteId: string | null) => void;
}

const SiteContext = createContext<SiteValue | null>(null);
const ALL = "all";

/** Remembers, on this machine and for this person, which site is looked at. */
export function SiteProvider({ children }: { children: ReactNode }) {
  const { user, sites } = useViewer();
  const [chosen, setChosen] = useLocalStorage<string | undefined>({
    key: `lung-iris:site:${user.id}`,
  });
  const value = useMemo(
    () => ({
      sites,
      site: sites.find((site) => site.id === chosen) ?? null,
      choose: (siteId: string | null) => setChosen(siteId ?? ALL),
    }),
    [sites, chosen, setChosen],
  );
  return <SiteContext value={value}>{children}</SiteContext>;
}

export function useSite(): SiteValue {
  const value = useContext(SiteContext);
  if (!value) throw new Error("SiteProvider is missing above.");
  return value;
}
