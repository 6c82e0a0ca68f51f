"use client";

import { useTranslations } from "next-intl";
import type { Messages } from "../../i18n/messages.ts";
import { formatProbability } from "./triage-format.ts";
import { parseUrgencyReason } from "./urgency-reasons.ts";

type FlagKey = keyof Messages["findings"]["flags"];
type WarningKey = keyof Messages["findings"]["warnings"];
type EscalationKey = keyof Messages["findings"]["escalated"];
type ActionKey = keyof Messages["findings"]["notAssessedAction"];
type GateKey = keyof Messages["findings"]["notAssessed"];

export interface TriageText {
  /** "AI 91 %", "fever", "waiting for more than 2 hours". */
  reason: (code: string) => string;
  /** "fever" for the flag's code. */
  flag: (code: string) => string;
  /** "side view" for a gate code; a code without a word of its own stays. */
  notAssessed: (code: string | null | undefined) => string;
  /** What to do about a film that is not assessed, in a sentence or two. */
  notAssessedAction: (code: string | null | undefined) => string;
  /** A sentence about a film for the code of its warning. */
  warning: (code: string) => string;
}

/** Words for the codes that triage works with. */
export function useTriageText(): TriageText {
  const t = useTranslations("findings");
  const flag = (code: string) =>
    // `has` is asked first, so the name is a known one; below likewise.
    t.has(`flags.${code}` as `flags.${FlagKey}`)
      ? t(`flags.${code as FlagKey}`)
      : code;
  const notAssessed = (code: string | null | undefined) => {
    if (!code) return t("notAssessedUnknown");
    return t.has(`notAssessed.${code}` as `notAssessed.${GateKey}`)
      ? t(`notAssessed.${code as GateKey}`)
      : code;
  };
  const notAssessedAction = (code: string | null | undefined) =>
    code &&
    t.has(`notAssessedAction.${code}` as `notAssessedAction.${ActionKey}`)
      ? t(`notAssessedAction.${code as ActionKey}`)
      : t("notAssessedActionUnknown");
  const warning = (code: string) =>
    t.has(`warnings.${code}` as `warnings.${WarningKey}`)
      ? t(`warnings.${code as WarningKey}`)
      : code;
  const escalation = (code: string) =>
    t.has(`escalated.${code}` as `escalated.${EscalationKey}`)
      ? t(`escalated.${code as EscalationKey}`)
      : code;
  const reason = (code: string) => {
    const parsed = parseUrgencyReason(code);
    switch (parsed.kind) {
      case "ai":
        return t("reasons.ai", {
          percent: formatProbability(parsed.percent / 100),
        });
      case "flag":
        return flag(parsed.flag);
      case "age":
        return t("reasons.age", { years: parsed.years });
      case "not-assessed":
        return t("reasons.notAssessed", { reason: notAssessed(parsed.reason) });
      case "infant":
      case "pending":
      case "control":
      case "waited":
      case "reopened":
        return t(`reasons.${parsed.kind}`);
      case "escalated":
        return t("reasons.escalated", { reason: escalation(parsed.reason) });
      case "prior-positive":
        return t("reasons.priorPositive");
      case "unknown-patient":
        return t("reasons.unknownPatient");
      case "patient-mismatch":
        return t("reasons.patientMismatch");
      case "note":
        return t(`reasons.${parsed.code}`);
      case "other":
        return parsed.code;
    }
  };
  return { reason, flag, notAssessed, notAssessedAction, warning };
}
