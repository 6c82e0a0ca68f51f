"use client";

import { Button, SegmentedControl } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useErrorText } from "../../../lib/error-text.ts";
import { useMacros } from "../../macros/use-macros.ts";
import { REPORT_SECTIONS, textOf } from "../../report-text/report-draft.ts";
import type { ReportState } from "../use-report.ts";
import { FollowButton } from "./follow-button.tsx";
import styles from "../../report-text/components/report.module.css";
import { SectionField } from "./section-field.tsx";

/** The sections of a report, each with its suggestion at hand. */
export function ReportFields({
  state,
  siteId,
  isDisabled = false,
}: {
  state: ReportState;
  /** Whose macros are at hand. */
  siteId: string;
  isDisabled?: boolean;
}) {
  const t = useTranslations("reports");
  const { macros } = useMacros(siteId);
  const errorText = useErrorText();
  return (
    <div className={styles.fields}>
      <div className={styles.languages}>
        <span id="report-language">{t("language")}</span>
        <SegmentedControl
          size="xs"
          aria-labelledby="report-language"
          disabled={isDisabled}
          data={[
            { value: "EN", label: t("languages.EN") },
            { value: "VI", label: t("languages.VI") },
          ]}
          value={state.report.language}
          onChange={(value) => state.setLanguage(value === "VI" ? "VI" : "EN")}
        />
      </div>
      {state.error ? (
        <div className={styles.notice} role="alert">
          {t("notSuggested")} {errorText(state.error)}
        </div>
      ) : null}
      {REPORT_SECTIONS.map((section) => {
        const text = textOf(state.report, section);
        const suggested = state.suggestion
          ? textOf(state.suggestion, section)
          : "";
        return (
          <SectionField
            key={section}
            section={section}
            text={text}
            language={state.report.language}
            macros={macros}
            isDisabled={isDisabled}
            isSuggested={!state.edited.includes(section) && text !== ""}
            onChange={(next) => state.write(section, next)}
            aside={
              state.edited.includes(section) &&
              suggested !== "" &&
              suggested !== text ? (
                <FollowButton
                  section={section}
                  suggested={suggested}
                  isEmpty={text.trim() === ""}
                  onFollow={() => state.follow(section)}
                />
              ) : null
            }
          />
        );
      })}
      {state.edited.length > 0 && state.suggestion === null && !state.error ? (
        <Button size="compact-xs" variant="subtle" loading>
          {t("suggesting")}
        </Button>
      ) : null}
    </div>
  );
}
