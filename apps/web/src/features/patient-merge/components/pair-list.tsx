"use client";

import { useQuery } from "@apollo/client/react";
import { Button } from "@mantine/core";
import { useLocale, useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { useShortcuts } from "../../../components/shortcuts/use-shortcuts.ts";
import { useRowKeys } from "../../../components/ui/use-row-keys.ts";
import type { PatientPairsQuery } from "../../../gql/graphql.ts";
import { formatDateTime } from "../../../lib/dates.ts";
import { usePatientName } from "../../patients/use-patient-name.ts";
import { PATIENT_PAIRS } from "../merge-queries.ts";
import { DenialDialog } from "./denial-dialog.tsx";
import { ListState } from "./list-state.tsx";
import { MergeDialog } from "./merge-dialog.tsx";
import { RecordCard } from "./record-card.tsx";
import styles from "./merges.module.css";

export type Pair = PatientPairsQuery["patientPairs"]["edges"][number]["node"];

type Step = "merge" | "deny" | "takeBack";

/** Pairs that are suggested, or those said to be two people. */
export function PairList({ view }: { view: "suggested" | "notSame" }) {
  const query = useQuery(PATIENT_PAIRS, {
    variables: { notSame: view === "notSame", after: null },
    fetchPolicy: "cache-and-network",
  });
  return (
    <ListState view={view} page={query.data?.patientPairs} query={query}>
      {(rows) => (
        <Rows
          rows={rows}
          steps={view === "notSame" ? ["takeBack"] : ["merge", "deny"]}
        />
      )}
    </ListState>
  );
}

function Rows({
  rows,
  steps,
}: {
  rows: readonly Pair[];
  steps: readonly Step[];
}) {
  const t = useTranslations("duplicates");
  const list = useRef<HTMLUListElement>(null);
  const [currentId, setCurrentId] = useState<string | null>(null);
  const [open, setOpen] = useState<{ pair: Pair; step: Step } | null>(null);
  const current = rows.find(({ id }) => id === currentId) ?? rows[0];
  const begin = (step: Step) => {
    if (current && steps.includes(step)) setOpen({ pair: current, step });
  };
  useRowKeys({
    id: "pairs",
    list,
    labels: {
      next: t("keys.next"),
      previous: t("keys.previous"),
      open: t("keys.open"),
    },
    onMove: setCurrentId,
  });
  useShortcuts([
    {
      id: "pairs.merge",
      keys: "m",
      label: t("actions.merge"),
      group: "list",
      enabled: steps.includes("merge"),
      run: () => begin("merge"),
    },
    {
      id: "pairs.deny",
      keys: "t",
      label: t("actions.deny"),
      group: "list",
      enabled: steps.includes("deny"),
      run: () => begin("deny"),
    },
  ]);
  const close = () => setOpen(null);
  return (
    <>
      <ul className={styles.rows} ref={list}>
        {rows.map((pair) => (
          <PairRow
            key={pair.id}
            pair={pair}
            steps={steps}
            isFirst={pair.id === current?.id}
            onFocus={() => setCurrentId(pair.id)}
            onStep={(step) => setOpen({ pair, step })}
          />
        ))}
      </ul>
      {open?.step === "merge" ? (
        <MergeDialog pair={open.pair} onClose={close} />
      ) : open ? (
        <DenialDialog pair={open.pair} kind={open.step} onClose={close} />
      ) : null}
    </>
  );
}

/** Why two records are suggested, as the API names it. */
const REASONS = ["same-number", "same-name-and-birth-date"] as const;

interface PairRowProps {
  pair: Pair;
  steps: readonly Step[];
  isFirst: boolean;
  onFocus: () => void;
  onStep: (step: Step) => void;
}

function PairRow(props: PairRowProps) {
  const { pair, steps, isFirst, onStep } = props;
  const t = useTranslations("duplicates");
  const locale = useLocale();
  const patientName = usePatientName();
  const reasons = REASONS.filter((reason) => pair.reasons.includes(reason)).map(
    (reason) => t(`reasons.${reason}`),
  );
  return (
    <li
      className={styles.row}
      data-row={pair.id}
      tabIndex={isFirst ? 0 : -1}
      aria-label={t("pairOf", {
        first: patientName(pair.first),
        second: patientName(pair.second),
      })}
      onFocus={props.onFocus}
      onClick={(event) => {
        // The list's Enter presses the row; a mouse has the buttons for it.
        const [step] = steps;
        if (event.detail === 0 && event.target === event.currentTarget && step)
          onStep(step);
      }}
    >
      <div className={styles.head}>
        <span className={styles.dim}>
          {pair.notSameAt
            ? t("saidText", {
                when: formatDateTime(pair.notSameAt, locale),
                name: pair.notSameByName ?? "",
                reason: pair.notSameReason ?? "",
              })
            : reasons.join(", ")}
        </span>
        <div className={styles.actions}>
          {steps.map((step) => (
            <Button
              key={step}
              size="compact-sm"
              variant={step === "merge" ? "filled" : "default"}
              onClick={() => onStep(step)}
            >
              {t(`actions.${step}`)}
            </Button>
          ))}
        </div>
      </div>
      <div className={styles.records}>
        <RecordCard record={pair.first} />
        <RecordCard record={pair.second} />
      </div>
    </li>
  );
}
