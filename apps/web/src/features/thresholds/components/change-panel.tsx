"use client";

import { skipToken, useQuery } from "@apollo/client/react";
import { Alert, Button, Group, Title } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useViewer } from "../../../components/shell/viewer-context.tsx";
import type { PreviewThresholdQuery } from "../../../gql/graphql.ts";
import { useErrorText } from "../../../lib/error-text.ts";
import { UrgencyMark } from "../../triage/components/urgency-mark.tsx";
import { PREVIEW_THRESHOLD } from "../threshold-queries.ts";
import { useDeskWords } from "../use-desk-words.ts";
import type { ReadyDesk } from "../use-threshold-desk.ts";
import { ChangeDialog, type Step } from "./change-dialog.tsx";
import styles from "./thresholds.module.css";

interface ChangePanelProps {
  state: ReadyDesk;
  today: number;
  chosen: number;
}

/** What the chosen threshold would do to the open list, and the way to it. */
export function ChangePanel({ state, today, chosen }: ChangePanelProps) {
  const t = useTranslations("thresholds.change");
  const words = useDeskWords();
  const viewer = useViewer();
  const [step, setStep] = useState<Step | null>(null);
  const { isByTwo } = state.desk;
  const isChanged = chosen !== today;
  const mayPropose = viewer.can("threshold:propose");
  return (
    <section className={styles.panel} aria-label={t("title")}>
      <Title order={2}>{t("title")}</Title>
      {isChanged ? (
        <>
          <p className={styles.figure}>
            {t("from", {
              before: words.threshold(today),
              after: words.threshold(chosen),
            })}
          </p>
          {mayPropose ? <OpenList state={state} chosen={chosen} /> : null}
        </>
      ) : (
        <p className={styles.hint}>{t("nothing")}</p>
      )}
      {mayPropose ? (
        <Group gap="xs">
          {isByTwo ? null : (
            <Button disabled={!isChanged} onClick={() => setStep("save")}>
              {t("save.open")}
            </Button>
          )}
          <Button
            variant={isByTwo ? "filled" : "default"}
            disabled={!isChanged}
            onClick={() => setStep("propose")}
          >
            {t("propose.open")}
          </Button>
        </Group>
      ) : null}
      <p className={styles.hint}>{t(isByTwo ? "byTwo" : "byOne")}</p>
      {isByTwo && mayPropose ? (
        <Button
          className={styles.quiet}
          size="compact-sm"
          variant="subtle"
          onClick={() => setStep("single")}
        >
          {t("single.open")}
        </Button>
      ) : null}
      {step ? (
        <ChangeDialog
          step={step}
          state={state}
          // The model's own is no threshold of the policy.
          threshold={chosen === state.desk.own ? null : chosen}
          onClose={() => setStep(null)}
        />
      ) : null}
    </section>
  );
}

/** How long the slider rests before the list is asked. */
const REST_MS = 400;

function OpenList({ state, chosen }: { state: ReadyDesk; chosen: number }) {
  const t = useTranslations("thresholds.preview");
  const errorText = useErrorText();
  const [asked] = useDebouncedValue(chosen, REST_MS);
  const { siteId, ageGroup, desk } = state;
  const threshold = asked === desk.own ? null : asked;
  const { data, previousData, error, loading } = useQuery(
    PREVIEW_THRESHOLD,
    asked === desk.today
      ? skipToken
      : {
          variables: { siteId, ageGroup, threshold },
          fetchPolicy: "network-only",
        },
  );
  if (error)
    return (
      <Alert color="red" p="sm" role="alert">
        {errorText(error)}
      </Alert>
    );
  const preview = (data ?? previousData)?.previewThreshold;
  if (!preview) return <p className={styles.hint}>{t("loading")}</p>;
  const isOld = loading || asked !== chosen;
  return (
    <div role="status" aria-busy={isOld} data-old={isOld || undefined}>
      <Moves preview={preview} />
    </div>
  );
}

type Preview = PreviewThresholdQuery["previewThreshold"];

function Moves({ preview }: { preview: Preview }) {
  const t = useTranslations("thresholds.preview");
  const { moves, openCases, isCapped, steps } = preview;
  const { overdueBefore, overdueAfter } = preview;
  return (
    <>
      <p className={styles.figure}>
        {t("moves", { count: moves, open: openCases })}
      </p>
      {steps.length > 0 ? (
        <ul className={styles.steps}>
          {steps.map(({ before, after, cases }) => (
            <li key={`${before} ${after}`}>
              <span>{t("step", { count: cases })}</span>
              <UrgencyMark urgency={before} />
              <span aria-hidden>→</span>
              <UrgencyMark urgency={after} />
            </li>
          ))}
        </ul>
      ) : null}
      {isCapped ? <p className={styles.hint}>{t("capped")}</p> : null}
      <p className={styles.hint}>
        {t("overdue", { before: overdueBefore, after: overdueAfter })}
      </p>
    </>
  );
}
