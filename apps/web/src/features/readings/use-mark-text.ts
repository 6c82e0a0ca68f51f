"use client";

import { useTranslations } from "next-intl";

/** What a marked region can show. */
export const MARK_FINDINGS = ["pneumonia", "other"] as const;

/** The words of a mark's finding; a code without a word of its own stays. */
export function useMarkText(): (finding: string) => string {
  const t = useTranslations("readings.marks.findings");
  return (finding) => {
    const known = MARK_FINDINGS.find((code) => code === finding);
    return known ? t(known) : finding;
  };
}
