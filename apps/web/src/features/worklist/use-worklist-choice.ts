"use client";

import { useSearchParams } from "next/navigation";
import { useEffect, useMemo, useState } from "react";
import { useSite } from "../../components/shell/site-context.tsx";
import { useReadsBlind } from "../../components/shell/use-reads-blind.ts";
import { useViewer } from "../../components/shell/viewer-context.tsx";
import { useDefaultView } from "../views/use-views.ts";
import { choiceOf } from "../views/view-settings.ts";
import { routes } from "../../lib/routes.ts";
import { useSearchOutOfAddress, useTabText } from "../../lib/tab-text.ts";
import {
  type WorklistChoice,
  allowedChoice,
  readChoice,
  writeChoice,
} from "../worklist-query/worklist-url.ts";
import {
  type WorklistVariables,
  variablesFor,
} from "../worklist-query/worklist-variables.ts";

interface WorklistChoiceState {
  choice: WorklistChoice;
  variables: WorklistVariables;
  /** The choice as a query string, to come back to. */
  query: string;
  /** False while it is not known yet with which view the list opens. */
  isReady: boolean;
  change: (change: Partial<WorklistChoice>) => void;
  /** Sets the list out anew, as a step that Back takes back. */
  show: (choice: WorklistChoice) => void;
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
  const isReady = useFirstView(query);
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
    isReady,
    change: (change) => {
      if (change.search !== undefined) setSearch(change.search);
      // The page follows its address a moment later: of two changes at once,
      // the second must not take the first one back.
      const now = readChoice(new URLSearchParams(window.location.search), "");
      // Next follows the History API, and no server is asked for a filter.
      const address = addressOf({ ...allowedChoice(now, isBlind), ...change });
      window.history.replaceState(null, "", address);
    },
    show: (next) => window.history.pushState(null, "", addressOf(next)),
  };
}

/**
 * An address that says nothing opens with the viewer's own first view.
 *
 * @returns whether the address says what is to be shown
 */
function useFirstView(query: string): boolean {
  const [isReady, setReady] = useState(query !== "");
  const { view } = useDefaultView();
  // There is none, or it stands in the address by now.
  if (!isReady && (view === null || query !== "")) setReady(true);
  useEffect(() => {
    if (isReady || !view) return;
    window.history.replaceState(null, "", addressOf(choiceOf(view)));
  }, [isReady, view]);
  return isReady;
}

function addressOf(choice: WorklistChoice): string {
  const query = writeChoice(choice);
  return query ? `${routes.worklist()}?${query}` : routes.worklist();
}
