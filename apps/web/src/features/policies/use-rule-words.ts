"use client";

import { useTranslations } from "next-intl";
import { clockOf, type RuleDraft } from "../policy-draft/assignment-rule.ts";
import { usePolicyReaders } from "../policy-form/policy-readers.tsx";

/** What a rule of assignment says, in one line. */
export function useRuleWords(): (rule: RuleDraft) => string {
  const t = useTranslations("policies.rules");
  const { readers, pools } = usePolicyReaders();
  return (rule) => {
    const { fromMinute, toMinute, readerId, poolId } = rule;
    const reader = readers.find(({ id }) => id === readerId)?.name;
    const pool = pools.find(({ id }) => id === poolId)?.name;
    const name = reader ?? pool ?? t("unknown");
    const parts = [rule.bodyParts].flat();
    const modalities = [rule.modalities].flat();
    return t("summary", {
      hours:
        fromMinute == null
          ? t("wholeDay")
          : t("hours", { from: clockOf(fromMinute), to: clockOf(toMinute) }),
      parts: parts.length > 0 ? parts.join(", ") : t("anyBodyPart"),
      modalities:
        modalities.length > 0 ? modalities.join(", ") : t("anyModality"),
      receiver: rule.leastLoaded ? t("summaryLeast", { pool: name }) : name,
    });
  };
}
