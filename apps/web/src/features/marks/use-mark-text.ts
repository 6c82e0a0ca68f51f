"use client";

import { useTranslations } from "next-intl";
import { useFindingCatalogue } from "../findings/use-finding-catalogue.ts";
import { useFindingText } from "../findings/use-finding-text.ts";

interface MarkWords {
  /** The words of a mark's finding; a code without a word of its own stays. */
  textOf: (finding: string) => string;
  /** What a new mark can show, the leading finding first. */
  choices: readonly string[];
  /** What a new mark shows until somebody says otherwise. */
  usual: string;
}

/** Marks that no finding of the catalogue stands for. */
const OTHER = "other";

/** What marked regions show, in words. */
export function useMarkText(): MarkWords {
  const t = useTranslations("readings.marks");
  const catalogue = useFindingCatalogue();
  const { nameOf } = useFindingText();
  const textOf = (code: string) => {
    if (code === OTHER) return t("other");
    const known = catalogue.find((finding) => finding.code === code);
    return known ? nameOf(known) : code;
  };
  const usual = catalogue.find(({ isLeading }) => isLeading)?.code ?? OTHER;
  return {
    textOf,
    choices: catalogue.map(({ code }) => code),
    usual,
  };
}
