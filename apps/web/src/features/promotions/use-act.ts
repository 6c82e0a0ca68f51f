"use client";

import { useApolloClient } from "@apollo/client/react";
import { useState } from "react";
import { useNotify } from "../../components/ui/use-notify.tsx";

/** Sends one change, shows what came of it, and reads the page again. */
export function useAct() {
  const client = useApolloClient();
  const notify = useNotify();
  const [isBusy, setBusy] = useState(false);
  const act = async (
    change: () => Promise<unknown>,
    said: { done: string; failed: string },
  ): Promise<boolean> => {
    setBusy(true);
    try {
      await change();
      await client.refetchQueries({ include: ["Loop", "Models"] });
      notify.done(said.done);
      return true;
    } catch (error) {
      notify.failed(said.failed, error);
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { act, isBusy };
}
