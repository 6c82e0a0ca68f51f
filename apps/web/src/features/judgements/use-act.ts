"use client";

import { useApolloClient } from "@apollo/client/react";
import { useState } from "react";
import { useNotify } from "../../components/ui/use-notify.tsx";

/** Longest reason that the API takes, in characters. */
export const MAX_REASON = 1_000;

/** What a change may have changed on the page; those shown are read again. */
const CHANGED = ["Loop", "Models", "Bars", "Shadow"];

/** Sends one change, says that it is done, and reads the page again. */
export function useAct() {
  const client = useApolloClient();
  const notify = useNotify();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const act = async (
    change: () => Promise<unknown>,
    done: string,
  ): Promise<boolean> => {
    setBusy(true);
    setError(null);
    try {
      await change();
      const shown = new Set(
        [...client.getObservableQueries().values()].map(
          ({ queryName }) => queryName,
        ),
      );
      await client.refetchQueries({
        include: CHANGED.filter((name) => shown.has(name)),
      });
      notify.done(done);
      return true;
    } catch (reason) {
      setError(reason);
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { act, isBusy, error, forget: () => setError(null) };
}
