"use client";

import { useLocale, useTranslations } from "next-intl";
import { useFindingWords } from "../findings/use-finding-words.ts";

const PLAIN = ["random", "ai", "reader", "grade", "age", "asked"] as const;

/** Why a second reading is asked for, in words: "drawn by chance, …". */
export function useSecondReadReasons(): (codes: readonly string[]) => string {
  const t = useTranslations("readings.second.reasons");
  const locale = useLocale();
  const words = useFindingWords();
  const wordOf = (code: string): string => {
    const plain = PLAIN.find((known) => known === code);
    if (plain) return t(plain);
    const name = words.nameOf(code.replace(/^finding:/, ""));
    return t("finding", { name });
  };
  return (codes) =>
    new Intl.ListFormat(locale, { type: "conjunction" }).format(
      codes.map(wordOf),
    );
}
