"use client";

import { useQuery } from "@apollo/client/react";
import { NativeSelect, NumberInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import {
  ErrorState,
  ListSkeleton,
} from "../../../components/layout/states.tsx";
import type { ThresholdApproval } from "../../../gql/graphql.ts";
import { useModelWords } from "../../model-versions/use-model-words.ts";
import { formatProbability } from "../../triage/triage-format.ts";
import { POLICY_MODELS } from "../../policy-draft/policy-queries.ts";
import {
  thresholdRows,
  type ThresholdRow,
  withThreshold,
} from "../../policy-draft/policy-thresholds.ts";
import styles from "../../policy-draft/components/policies.module.css";
import { Section, type SectionProps } from "./policy-section.tsx";

/** In place of the models' own thresholds; an empty field leaves theirs. */
export function ThresholdFields({ form, isReadOnly }: SectionProps) {
  const t = useTranslations("policies");
  const words = useModelWords();
  const { data, error, loading, refetch } = useQuery(POLICY_MODELS);
  if (loading && !data) return <ListSkeleton rows={3} height={60} />;
  if (error && !data) {
    return (
      <ErrorState
        inline
        title={t("modelsFailed")}
        error={error}
        onRetry={() => void refetch()}
      />
    );
  }
  const isByTwo = form.draft.thresholdDesk.approval === "TWO";
  const models = data?.modelVersions.edges.map(({ node }) => node) ?? [];
  const { thresholds } = form.draft;
  const rows = thresholdRows(models, thresholds);
  const set = (row: ThresholdRow, value: number | string) =>
    form.change({
      thresholds: withThreshold(
        thresholds,
        row,
        typeof value === "number" && value > 0 && value < 100
          ? value / 100
          : null,
      ),
    });
  return (
    <Section name="thresholds">
      <ApprovalField form={form} isReadOnly={isReadOnly} />
      {isByTwo ? <p className={styles.hint}>{t("form.byTwo")}</p> : null}
      {rows.length === 0 ? (
        <p className={styles.dim}>{t("form.noModel")}</p>
      ) : (
        <div className={styles.fields}>
          {rows.map((row) => (
            <NumberInput
              key={`${row.model} ${row.finding} ${row.ageGroup}`}
              label={t("thresholdOf", {
                model: row.modelName,
                finding: words.finding(row.finding),
                group: words.group(row.ageGroup),
              })}
              description={
                row.own === null
                  ? t("form.ownUnknown")
                  : t("form.own", { value: formatProbability(row.own) })
              }
              defaultValue={
                row.set === null ? "" : Math.round(row.set * 1000) / 10
              }
              placeholder={t("values.own")}
              min={0.1}
              max={99.9}
              decimalScale={1}
              suffix={` ${t("suffixes.percent")}`}
              readOnly={isReadOnly || isByTwo}
              error={form.refused.has("thresholds") && t("form.refused")}
              onChange={(value) => set(row, value)}
            />
          ))}
        </div>
      )}
    </Section>
  );
}

const APPROVALS = [
  "ONE",
  "TWO",
] as const satisfies readonly ThresholdApproval[];

/** How many people it takes. */
function ApprovalField({ form, isReadOnly }: SectionProps) {
  const t = useTranslations("policies");
  return (
    <NativeSelect
      label={t("fields.approval.label")}
      description={t("fields.approval.help")}
      value={form.draft.thresholdDesk.approval}
      disabled={isReadOnly}
      error={
        form.refused.has("thresholdDesk.approval") ? t("form.refused") : null
      }
      data={APPROVALS.map((value) => ({ value, label: t(`values.${value}`) }))}
      onChange={(event) => {
        const approval = APPROVALS.find((item) => item === event.target.value);
        if (approval) form.change({ thresholdDesk: { approval } });
      }}
    />
  );
}
