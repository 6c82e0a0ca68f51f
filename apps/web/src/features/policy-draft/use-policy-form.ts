"use client";

import { skipToken, useMutation, useQuery } from "@apollo/client/react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useUnsaved } from "../../components/shell/unsaved-context.tsx";
import { useNotify } from "../../components/ui/use-notify.tsx";
import { useKeptReason } from "../kept-reasons/use-kept-reason.ts";
import {
  differencesOf,
  draftOf,
  type PolicyDifference,
  type PolicyDraft,
  type PolicyVersion,
} from "./policy-draft.ts";
import {
  POLICY_VERSIONS,
  PREVIEW_POLICY,
  SAVE_POLICY,
  SITE_POLICY,
} from "./policy-queries.ts";
import { refusedFields } from "./refused-fields.ts";

/** Values of the draft that change; a list is replaced as a whole. */
export interface PolicyChange {
  urgency?: Partial<PolicyDraft["urgency"]>;
  ceilings?: Partial<PolicyDraft["ceilings"]>;
  thresholds?: PolicyDraft["thresholds"];
  reading?: Partial<PolicyDraft["reading"]>;
  secondReads?: Partial<PolicyDraft["secondReads"]>;
  critical?: Partial<PolicyDraft["critical"]>;
  reports?: Partial<PolicyDraft["reports"]>;
  assignment?: Partial<PolicyDraft["assignment"]>;
  thresholdDesk?: Partial<PolicyDraft["thresholdDesk"]>;
}

/** One site's policy while it is being changed. */
export function usePolicyForm(siteId: string, policy: PolicyVersion) {
  const t = useTranslations("policies");
  const notify = useNotify();
  const [draft, setDraft] = useState(() => draftOf(policy));
  /** Raised to show the fields anew, whatever was being typed. */
  const [round, setRound] = useState(0);
  const reason = useKeptReason({
    kind: "POLICY",
    aboutId: siteId,
    label: t("change.reason"),
  });
  const [tried, setTried] = useState<PolicyDraft | null>(null);
  const preview = useQuery(
    PREVIEW_POLICY,
    tried
      ? {
          variables: { siteId, document: tried },
          fetchPolicy: "network-only",
        }
      : skipToken,
  );
  const [send, sending] = useMutation(SAVE_POLICY, {
    refetchQueries: [SITE_POLICY, POLICY_VERSIONS],
    awaitRefetchQueries: true,
  });
  const differences: PolicyDifference[] = differencesOf(draftOf(policy), draft);
  const isDirty = differences.length > 0;
  useUnsaved(t("unsaved"), isDirty);

  const change = (changed: PolicyChange) => {
    setDraft((before) => ({
      urgency: { ...before.urgency, ...changed.urgency },
      ceilings: { ...before.ceilings, ...changed.ceilings },
      thresholds: changed.thresholds ?? before.thresholds,
      reading: { ...before.reading, ...changed.reading },
      secondReads: { ...before.secondReads, ...changed.secondReads },
      critical: { ...before.critical, ...changed.critical },
      reports: { ...before.reports, ...changed.reports },
      assignment: { ...before.assignment, ...changed.assignment },
      thresholdDesk: { ...before.thresholdDesk, ...changed.thresholdDesk },
    }));
  };
  const reset = () => {
    setDraft(draftOf(policy));
    setRound((before) => before + 1);
    setTried(null);
    sending.reset();
  };
  const save = async () => {
    const input = {
      siteId,
      document: draft,
      baseVersion: policy.version,
      reason: reason.value.trim(),
    };
    try {
      const { data } = await reason.send(() => send({ variables: { input } }));
      notify.done(
        t("saved", { version: data?.savePolicy.version ?? policy.version + 1 }),
      );
    } catch {
      // Shown above the form, which keeps what was typed.
    }
  };
  return {
    draft,
    round,
    change,
    reset,
    reason,
    differences,
    isDirty,
    save,
    isSaving: sending.loading,
    error: sending.error ?? preview.error,
    refused: refusedFields(sending.error ?? preview.error),
    preview: tried === null ? null : (preview.data?.previewPolicy ?? null),
    isTrying: preview.loading,
    /** The draft was changed after it was tried out. */
    isStale: tried !== null && differencesOf(tried, draft).length > 0,
    tryOut: () => {
      sending.reset();
      setTried(draft);
    },
  };
}

export type PolicyForm = ReturnType<typeof usePolicyForm>;
