"use client";

import { useTranslations } from "next-intl";
import Link from "next/link";
import type { CriticalResultsQuery } from "../../../gql/graphql.ts";
import { routes } from "../../../lib/routes.ts";
import { useNow } from "../../../lib/use-now.ts";
import { usePatientName } from "../../patients/use-patient-name.ts";
import { useCriticalWords } from "../../critical-marks/use-critical-words.ts";
import { CriticalActions, type CriticalStep } from "./critical-actions.tsx";
import { CriticalStateText, toneOf } from "./critical-state.tsx";
import styles from "../../critical-marks/components/critical.module.css";

export type CriticalRowData =
  CriticalResultsQuery["criticalResults"]["edges"][number]["node"];

interface CriticalRowProps {
  row: CriticalRowData;
  isFirst: boolean;
  onOpen: () => void;
  onStep: (step: CriticalStep) => void;
  onFocus: () => void;
}

/** One result: whose, what, where it stands, and what was done. */
export function CriticalRow(props: CriticalRowProps) {
  const { row, isFirst } = props;
  const t = useTranslations("critical");
  const words = useCriticalWords();
  const now = useNow(15_000);
  const { patient } = row.case;
  const name = usePatientName()(patient);
  return (
    <li
      className={styles.row}
      data-row={row.id}
      data-tone={toneOf(row, now)}
      tabIndex={isFirst ? 0 : -1}
      aria-label={t("rowOf", { name, what: words.what(row) })}
      onFocus={props.onFocus}
      onClick={(event) => {
        // The list's Enter presses the row; a mouse has the link for it.
        if (event.detail === 0 && event.target === event.currentTarget)
          props.onOpen();
      }}
    >
      <div className={styles.main}>
        <div className={styles.head}>
          <Link href={routes.case(row.case.id)}>{name}</Link>
          <span className={styles.dim}>{patient.mrn}</span>
          <CriticalStateText result={row} />
        </div>
        <p className={styles.what}>{words.what(row)}</p>
        <ul className={styles.steps}>
          {words.steps(row).map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ul>
      </div>
      <CriticalActions result={row} hasKeys onStep={props.onStep} />
    </li>
  );
}
