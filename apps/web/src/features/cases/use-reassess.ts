"use client";

import { useMutation } from "@apollo/client/react";
import { useTranslations } from "next-intl";
import { useNotify } from "../../components/ui/use-notify.tsx";
import type { CaseStateFieldsFragment } from "../../gql/graphql.ts";
import { REASSESS_CASE } from "./case-mutations.ts";
import type { OpenCase } from "./use-case.ts";

export interface Reassess {
  /** The viewer may ask the AI again now. */
  canAsk: boolean;
  isBusy: boolean;
  ask: () => void;
}

/** Asks the AI again, where it failed or refused a film. */
export function useReassess(
  open: OpenCase,
  onOwnChange: (state: CaseStateFieldsFragment) => void,
): Reassess {
  const t = useTranslations("cases");
  const notify = useNotify();
  const [reassess, { loading }] = useMutation(REASSESS_CASE);
  const ask = async () => {
    try {
      const { data } = await reassess({ variables: { caseId: open.id } });
      if (data) onOwnChange(data.reassessCase);
    } catch (error) {
      notify.failed(t("notReassessed"), error);
    }
  };
  return {
    canAsk: open.viewerCanReassess,
    isBusy: loading,
    ask: () => void ask(),
  };
}
