"use client";

import { useMutation } from "@apollo/client/react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useNotify } from "../../components/ui/use-notify.tsx";
import type { OpenCase } from "../cases/use-case.ts";
import {
  REQUEST_SECOND_READING,
  SHOW_FIRST_READING,
} from "./second-read-queries.ts";

export interface SecondReading {
  /** Which question is open. */
  asking: "request" | "show" | null;
  ask: () => void;
  show: () => void;
  close: () => void;
  isBusy: boolean;
  /** Why the last answer was refused. */
  error: unknown;
  /** @returns whether it is asked for now */
  request: (reason: string) => Promise<boolean>;
  showFirst: () => Promise<void>;
}

/** Asking for a second reading, and looking at the first one instead. */
export function useSecondReading(
  open: OpenCase,
  refetch: () => Promise<unknown>,
): SecondReading {
  const t = useTranslations("readings.second");
  const notify = useNotify();
  const [asking, setAsking] = useState<SecondReading["asking"]>(null);
  const [send, requesting] = useMutation(REQUEST_SECOND_READING);
  const [look, looking] = useMutation(SHOW_FIRST_READING);
  const begin = (question: "request" | "show") => () => {
    requesting.reset();
    looking.reset();
    setAsking(question);
  };
  const close = () => setAsking(null);
  return {
    asking,
    ask: begin("request"),
    show: begin("show"),
    close,
    isBusy: requesting.loading || looking.loading,
    error: requesting.error ?? looking.error,
    request: async (reason) => {
      const variables = { caseId: open.id, reason };
      // A refusal stands in the dialog, which keeps what was typed.
      const done = await send({ variables }).catch(() => null);
      if (done === null) return false;
      close();
      notify.done(t("asked"));
      return true;
    },
    showFirst: async () => {
      const variables = { caseId: open.id };
      const done = await look({ variables }).catch(() => null);
      if (done === null) return;
      close();
      await refetch();
    },
  };
}
