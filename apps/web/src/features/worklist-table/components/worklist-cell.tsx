"use client";

import { Tooltip } from "@mantine/core";
import { useLocale, useTranslations } from "next-intl";
import type { CaseRowFragment } from "../../../gql/graphql.ts";
import { formatExactTime } from "../../../lib/dates.ts";
import { useDurationText } from "../../../lib/use-duration-text.ts";
import { ProbabilityBar } from "../../triage/components/probability-bar.tsx";
import { UrgencyMark } from "../../triage/components/urgency-mark.tsx";
import { patientAge } from "../../triage/triage-format.ts";
import { useSignatureText } from "../use-row-text.ts";
import type { ColumnId } from "../../worklist-query/worklist-columns.ts";
import styles from "./worklist-table.module.css";

interface CellProps {
  row: CaseRowFragment;
  /** 0 until the browser's clock is read. */
  now: number;
}

interface WorklistCellProps extends CellProps {
  column: Exclude<ColumnId, "patient">;
  /** One line a row: who signed stands with the state. */
  isCompact: boolean;
}

export function WorklistCell(props: WorklistCellProps) {
  const { column, row, now } = props;
  switch (column) {
    case "urgency":
      // How soon it had to be read says nothing of what is read.
      return row.state === "SIGNED" ? (
        <None />
      ) : (
        <UrgencyMark urgency={row.urgency} />
      );
    case "sexAge":
      return <SexAge row={row} />;
    case "mrn":
      return row.patient.mrn ?? <None />;
    case "examination":
      return <Examination row={row} />;
    case "accession":
      return row.study.accessionNumber ?? <None />;
    case "site":
      return row.site.name;
    case "waiting":
      return <Waiting row={row} now={now} />;
    case "ai":
      return <AiOpinion row={row} />;
    case "finding":
      return <Finding row={row} />;
    case "assignee":
      return <GivenTo row={row} />;
    case "state":
      return <State {...props} />;
  }
}

function None() {
  return <span className={styles.none}>—</span>;
}

function SexAge({ row }: { row: CaseRowFragment }) {
  const t = useTranslations("common");
  const tWorklist = useTranslations("worklist");
  const { patient, study } = row;
  // At the examination; where nobody knows its day, nobody knows the age.
  const age = patientAge(
    study.patientAgeYears,
    patient.birthDate,
    Date.parse(study.studyDate ?? ""),
  );
  if (!age && patient.sex === "UNKNOWN") return <None />;
  return (
    <>
      {t(`sex.${patient.sex}`)}{" "}
      {age?.unit === "months"
        ? tWorklist("months", { count: age.count })
        : age?.count}
    </>
  );
}

function Examination({ row: { study } }: { row: CaseRowFragment }) {
  const t = useTranslations("worklist");
  const name = study.description ?? t("chest");
  // Many headers already say the view in the description.
  const hasView = study.viewPosition && !name.includes(study.viewPosition);
  return hasView ? `${name} ${study.viewPosition}` : name;
}

function Waiting({ row, now }: CellProps) {
  const locale = useLocale();
  const duration = useDurationText();
  if (now === 0) return null;
  return (
    <Tooltip label={formatExactTime(row.arrivedAt, locale)}>
      <time dateTime={row.arrivedAt}>{duration(row.arrivedAt, now)}</time>
    </Tooltip>
  );
}

function AiOpinion({ row }: { row: CaseRowFragment }) {
  const t = useTranslations("worklist");
  if (row.assessment === "PENDING") {
    return <span className={styles.none}>{t("ai.pending")}</span>;
  }
  if (row.assessment === "NOT_ASSESSED" || row.probability == null) {
    return <span className={styles.notAssessed}>{t("ai.notAssessed")}</span>;
  }
  return (
    <ProbabilityBar probability={row.probability} threshold={row.threshold} />
  );
}

/** What was decided, else what the AI suggests, told apart by its hue. */
function Finding({ row }: { row: CaseRowFragment }) {
  const t = useTranslations("findings");
  if (row.decidedLabel) return t(`labels.${row.decidedLabel}`);
  const { probability, threshold } = row;
  if (probability == null || threshold == null) return <None />;
  const finding =
    probability >= threshold
      ? t("suggestion.positive")
      : t("suggestion.negative");
  return (
    <span className={styles.suggestion} title={t("suggestion.of", { finding })}>
      {finding}
    </span>
  );
}

/** A reader, or the pool that it waits for; pointed at, by which rule. */
function GivenTo({ row }: { row: CaseRowFragment }) {
  const t = useTranslations("worklist");
  const { assignee, pool, assignmentRule: rule } = row;
  if (!assignee && !pool) return <None />;
  const name = assignee?.name ?? t("pool", { name: pool?.name ?? "" });
  return (
    <span title={rule ? `${name} · ${t("assignedBy", { rule })}` : name}>
      {name}
    </span>
  );
}

/** Text that a narrow column may cut off; whole when pointed at. */
function Whole({ text }: { text: string }) {
  return <span title={text}>{text}</span>;
}

/** What was signed, and who has yet to read it further. */
function Signed({ row, now, isCompact }: StateProps) {
  const t = useTranslations("worklist");
  const labels = useTranslations("findings.labels");
  const signature = useSignatureText()(row, now);
  const { secondRead, decidedLabel } = row;
  const signed = decidedLabel
    ? t("signedAs", { label: labels(decidedLabel) })
    : t("states.SIGNED");
  if (!secondRead || secondRead === "AGREED" || secondRead === "ADJUDICATED") {
    return isCompact && signature ? (
      <Whole text={`${signed} · ${signature}`} />
    ) : (
      signed
    );
  }
  const name = row.secondReader?.name ?? "";
  const further = t(`second.${secondRead}`, { name });
  return <Whole text={decidedLabel ? `${signed} · ${further}` : further} />;
}

type StateProps = Omit<WorklistCellProps, "column">;

function State(props: StateProps) {
  const { row } = props;
  const t = useTranslations("worklist");
  const tReadings = useTranslations("readings");
  if (row.preliminaryAt && row.state !== "SIGNED") {
    const state =
      row.state === "READING" && row.claimedBy
        ? t("readBy", { name: row.claimedBy.name })
        : t(`states.${row.state}`);
    return <Whole text={t("preliminary", { state })} />;
  }
  switch (row.state) {
    case "WAITING":
      return <span className={styles.none}>{t("states.WAITING")}</span>;
    case "READING":
      return row.claimedBy ? (
        <Whole text={t("readBy", { name: row.claimedBy.name })} />
      ) : (
        t("states.READING")
      );
    case "EMPTY":
      return <span className={styles.none}>{t("states.EMPTY")}</span>;
    case "SIGNED":
      if (row.retakeReason && !row.retakeDoneAt) {
        const reason = tReadings(`notDiagnostic.reasons.${row.retakeReason}`);
        return <Whole text={t("retake", { reason })} />;
      }
      return <Signed {...props} />;
  }
}
