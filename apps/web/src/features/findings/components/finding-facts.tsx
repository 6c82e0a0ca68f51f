"use client";

import { useTranslations } from "next-intl";
import type { DraftFinding } from "../draft-findings.ts";
import { useFindingWords } from "../use-finding-words.ts";

interface FindingFactsProps {
  findings: readonly DraftFinding[];
  marks: readonly { id: string }[];
}

/** The findings in words, as a line of a list of facts; none without any. */
export function FindingFacts({ findings, marks }: FindingFactsProps) {
  const t = useTranslations("readings.findings");
  const words = useFindingWords();
  if (findings.length === 0) return null;
  return (
    <>
      <dt>{t("label")}</dt>
      <dd>
        {findings.map((finding) => {
          const place = words.placeOf(finding, marks);
          const name = words.nameOf(finding.code);
          return (
            <div key={finding.code}>
              {place === "" ? name : `${name}: ${place}`}
            </div>
          );
        })}
      </dd>
    </>
  );
}
