"use client";

import { useQuery } from "@apollo/client/react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import steps from "../../../components/layout/reading.module.css";
import { PROCEDURES_OF_CASE } from "../procedure-queries.ts";
import { useProcedureWords } from "../use-procedure-words.ts";
import { StepAnswerDialog } from "./step-answer.tsx";
import { StepLine } from "./step-row.tsx";
import styles from "./procedures.module.css";

/** What others do meanwhile is seen without a reload. */
const ASK_EVERY_MS = 60_000;

/** What runs beside the reading of a case; nothing where nothing does. */
export function CaseProcedures({ caseId }: { caseId: string }) {
  const t = useTranslations("procedures");
  const words = useProcedureWords();
  const { data } = useQuery(PROCEDURES_OF_CASE, {
    variables: { id: caseId },
    fetchPolicy: "cache-and-network",
    pollInterval: ASK_EVERY_MS,
  });
  const [answeringId, setAnsweringId] = useState<string | null>(null);
  const runs = data?.case?.procedureRuns ?? [];
  if (runs.length === 0) return null;
  const answering = runs
    .flatMap((run) => run.steps)
    .find(({ id }) => id === answeringId);
  return (
    <section className={steps.step} aria-labelledby="case-procedures">
      <h2 className={steps.heading} id="case-procedures">
        {t("ofCase")}
      </h2>
      {runs.map((run) => {
        const name = words.inLocale(run.version.document.name);
        return (
          <div key={run.id} className={styles.run}>
            <h3>{name}</h3>
            <ul className={styles.steps} aria-label={name}>
              {run.steps.map((step) => (
                <li key={step.id} className={styles.step}>
                  <StepLine
                    step={step}
                    onAnswer={() => setAnsweringId(step.id)}
                  />
                </li>
              ))}
            </ul>
          </div>
        );
      })}
      {answering ? (
        <StepAnswerDialog
          key={answering.id}
          caseId={caseId}
          step={answering}
          onClose={() => setAnsweringId(null)}
        />
      ) : null}
    </section>
  );
}
