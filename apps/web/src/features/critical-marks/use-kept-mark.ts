"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { useKeptText } from "../kept-texts/use-kept-text.ts";
import type { Kept } from "../kept-texts/use-kept.ts";
import type { CriticalMark } from "./critical-mark.ts";

interface KeptMark {
  mark: CriticalMark;
  setMark: (mark: CriticalMark) => void;
  /** Its words, kept until the mark is made. */
  kept: Kept<string>;
}

/**
 * What of a case is critical, as it is being said.
 * @param proposed the finding, until another is chosen
 */
export function useKeptMark(caseId: string, proposed: string | null): KeptMark {
  const t = useTranslations("critical.mark");
  const [chosen, setChosen] = useState<{ finding: string | null } | null>(null);
  const kept = useKeptText({
    caseId,
    kind: "CRITICAL_MARK",
    label: t("reason"),
  });
  return {
    mark: {
      finding: chosen === null ? proposed : chosen.finding,
      reason: kept.value,
    },
    setMark: ({ finding, reason }) => {
      setChosen({ finding });
      kept.setValue(reason);
    },
    kept,
  };
}
