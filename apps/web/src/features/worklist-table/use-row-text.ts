"use client";

import { useLocale, useTranslations } from "next-intl";
import type { CaseRowFragment } from "../../gql/graphql.ts";
import type { Messages } from "../../i18n/messages.ts";
import { formatRecentTime } from "../../lib/dates.ts";
import { useDurationText } from "../../lib/use-duration-text.ts";
import { useTriageText } from "../triage/use-triage-text.ts";
import { reasonsOfRow } from "./row-reasons.ts";

type ActionKey = keyof Messages["worklist"]["notAssessedAction"];

/**
 * What a row says below the patient's name: of an open case why it stands
 * where it stands, and what to do where the AI could not help; of a signed one
 * who signed it, when and how long after it came in. `nowMs`: 0 while the
 * browser's clock is not read.
 */
export function useRowText(): (row: CaseRowFragment, nowMs: number) => string {
  const t = useTranslations("worklist");
  const text = useTriageText();
  const signed = useSignatureText();
  return (row, nowMs) => {
    if (row.state === "SIGNED") return signed(row, nowMs) ?? "";
    const reasons = reasonsOfRow(row);
    if (reasons.length === 0) return t("noReason");
    const because = t("because", {
      reasons: reasons.map((code) => text.reason(code)).join(", "),
    });
    const action = `notAssessedAction.${row.notAssessedReason ?? ""}` as const;
    // `has` is asked first, so the code is a known one.
    const hasAction =
      row.assessment === "NOT_ASSESSED" &&
      t.has(action as `notAssessedAction.${ActionKey}`);
    return hasAction
      ? `${because} · ${t(action as `notAssessedAction.${ActionKey}`)}`
      : because;
  };
}

/** "Dr Tran · 14:02 · 1 h 20 min · amended"; null where nobody may know it. */
export function useSignatureText(): (
  row: CaseRowFragment,
  nowMs: number,
) => string | null {
  const t = useTranslations("worklist.signature");
  const locale = useLocale();
  const duration = useDurationText();
  return ({ signature, arrivedAt }, nowMs) => {
    if (!signature) return null;
    const { signer, signedAt, firstSignedAt, version, isAmended } = signature;
    const taken = duration(arrivedAt, Date.parse(firstSignedAt));
    const parts = [
      signer.name,
      nowMs > 0 ? formatRecentTime(signedAt, locale, nowMs) : "",
      t("after", { duration: taken }),
      isAmended ? t("amended") : version > 1 ? t("addendum") : "",
    ];
    return parts.filter((part) => part !== "").join(" · ");
  };
}
