"use client";

import { useLocale, useTranslations } from "next-intl";
import {
  type CatalogueFinding,
  useFindingCatalogue,
} from "./use-finding-catalogue.ts";
import { useFindingText } from "./use-finding-text.ts";
import type { DraftFinding } from "./draft-findings.ts";

interface FindingWords {
  catalogue: readonly CatalogueFinding[];
  /** The name of a finding; a code that the catalogue lost stays. */
  nameOf: (code: string) => string;
  /** "uncertain, left, upper and middle zones, region 2"; empty where plain. */
  placeOf: (finding: DraftFinding, marks: readonly { id: string }[]) => string;
}

/** What a reading names, in words. */
export function useFindingWords(): FindingWords {
  const t = useTranslations("readings.findings");
  const locale = useLocale();
  const catalogue = useFindingCatalogue();
  const text = useFindingText();
  const listed = (items: readonly string[]) =>
    new Intl.ListFormat(locale, { type: "conjunction" }).format(items);
  return {
    catalogue,
    nameOf: (code) => {
      const known = catalogue.find((finding) => finding.code === code);
      return known ? text.nameOf(known) : code;
    },
    placeOf: ({ presence, side, zones, markIds }, marks) => {
      const numbers = marks.flatMap(({ id }, index) =>
        markIds.includes(id) ? [String(index + 1)] : [],
      );
      return [
        presence === "PRESENT" ? null : t(`presence.${presence}`),
        side === null ? null : t(`side.${side}`),
        zones.length === 0
          ? null
          : t("zones", {
              list: listed(zones.map((zone) => t(`zone.${zone}`))),
              count: zones.length,
            }),
        numbers.length === 0
          ? null
          : t("onMarks", { list: listed(numbers), count: numbers.length }),
      ]
        .filter((part) => part !== null)
        .join(", ");
    },
  };
}
