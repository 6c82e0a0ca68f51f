"use client";

import { useSearchParams } from "next/navigation";
import { useMemo, useState } from "react";
import { useSite } from "../../components/shell/site-context.tsx";
import { useReadsBlind } from "../../components/shell/use-reads-blind.ts";
import { useViewer } from "../../components/shell/viewer-context.tsx";
import { routes } from "../../lib/routes.ts";
import { useSearchOutOfAddress, useTabText } from "../../lib/tab-text.ts";
import {
  type WorklistChoice,
  type WorklistVariables,
  allowedChoice,
  readChoice,
  variablesFor,
  writeChoice,
} from "./worklist-url.ts";

interface WorklistChoiceState {
  choice: WorklistChoice;
  variables: WorklistVariables;
  /** The choice as a query string, to come back to. */
  query: string;
  change: (change: Partial<WorklistChoice>) => void;
}

/** What was chosen: read from the URL and this tab, and written back there. */
export function useWorklistChoice(): WorklistChoiceState {
  const params = useSearchParams();
  const { user } = useViewer();
  const { site } = useSite();
  const query = params.toString();
  const siteId = site?.id ?? null;
  const isBlind = useReadsBlind();
  useSearchOutOfAddress("worklist-search");
  const [search, setSearch] = useTabText("worklist-search");
  const choice = useMemo(
    () =>
      allowedChoice(readChoice(new URLSearchParams(query), search), isBlind),
    [query, search, isBlind],
  );
  // Ages count back from when the page was opened, so that a question keeps
  // its name in the cache while it is looked at.
  const [nowMs] = useState(() => Date.now());
  const variables = useMemo(
    () => variablesFor(choice, { viewerId: user.id, siteId, nowMs }),
    [choice, user.id, siteId, nowMs],
  );
  return {
    choice,
    variables,
    query: writeChoice(choice),
    change: (change) => {
      if (change.search !== undefined) setSearch(change.search);
      const next = writeChoice({ ...choice, ...change });
      const path = routes.worklist();
      // Next follows the History API, and no server is asked for a filter.
      window.history.replaceState(null, "", next ? `${path}?${next}` : path);
    },
  };
}
