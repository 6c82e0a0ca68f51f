"use client";

import { MultiSelect, NativeSelect } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useFindingCatalogue } from "../../findings/use-finding-catalogue.ts";
import { useFindingText } from "../../findings/use-finding-text.ts";
import styles from "../../policy-draft/components/policies.module.css";
import { NumberField } from "./policy-fields.tsx";
import { Section, type SectionProps } from "./policy-section.tsx";

const PRELIMINARY = ["ALLOWED", "NOT_ALLOWED"] as const;

/** What is told at once, and what may be issued before it is signed. */
export function ResultSection({ form, isReadOnly }: SectionProps) {
  const t = useTranslations("policies");
  const catalogue = useFindingCatalogue();
  const { nameOf } = useFindingText();
  const { critical, reports } = form.draft;
  return (
    <Section name="results">
      <div className={styles.fields}>
        <NumberField
          name="minutes"
          unit="minutes"
          min={5}
          max={1440}
          value={critical.minutes}
          isReadOnly={isReadOnly}
          isRefused={form.refused.has("critical.minutes")}
          onChange={(minutes) => form.change({ critical: { minutes } })}
        />
        <MultiSelect
          label={t("fields.criticalFindings.label")}
          description={t("fields.criticalFindings.help")}
          searchable
          disabled={isReadOnly}
          error={
            form.refused.has("critical.findings") ? t("form.refused") : null
          }
          data={catalogue.map((finding) => ({
            value: finding.code,
            label: nameOf(finding),
          }))}
          value={
            // The API's input takes a list of one without its brackets, too.
            [critical.findings].flat()
          }
          onChange={(findings) => form.change({ critical: { findings } })}
        />
        <NativeSelect
          label={t("fields.preliminary.label")}
          description={t("fields.preliminary.help")}
          value={reports.preliminary ? "ALLOWED" : "NOT_ALLOWED"}
          disabled={isReadOnly}
          data={PRELIMINARY.map((value) => ({
            value,
            label: t(`values.${value}`),
          }))}
          onChange={(event) =>
            form.change({
              reports: { preliminary: event.target.value === "ALLOWED" },
            })
          }
        />
      </div>
    </Section>
  );
}
