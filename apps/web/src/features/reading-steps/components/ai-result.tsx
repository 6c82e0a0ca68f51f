"use client";

import { Button, Skeleton } from "@mantine/core";
import { IconSparkles } from "@tabler/icons-react";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { ErrorState } from "../../../components/layout/states.tsx";
import type { FilmPrediction, OpenCase } from "../../cases/use-case.ts";
import { ProbabilityBar } from "../../triage/components/probability-bar.tsx";
import {
  formatInterval,
  formatProbability,
} from "../../triage/triage-format.ts";
import { useTriageText } from "../../triage/use-triage-text.ts";
import { useFindingText } from "../../findings/use-finding-text.ts";
import { leadingFinding } from "../../decisions/decision-rules.ts";
import type { Reading } from "../../readings/use-reading.ts";
import styles from "../../../components/layout/reading.module.css";

interface AiResultProps {
  open: OpenCase;
  reading: Reading;
}

/** What the AI says, in its own hue, with everything it rests on. */
export function AiResult(props: AiResultProps) {
  const { open, reading } = props;
  const { predictions, shown } = reading;
  const t = useTranslations("readings.ai");
  if (reading.aiError) {
    return (
      <ErrorState
        title={t("notLoaded")}
        error={reading.aiError}
        onRetry={reading.retryAi}
        inline
      />
    );
  }
  if (reading.isAiLoading) return <Skeleton height={118} />;
  if (open.assessment === "PENDING") {
    return <div className={styles.ai}>{t("pending")}</div>;
  }
  if (open.assessment === "NOT_ASSESSED" || !shown?.assessed) {
    return <NotAssessed open={open} reading={reading} />;
  }
  return <Assessed prediction={shown} films={predictions.length} />;
}

/** Groups of patients that models so far have thresholds of their own for. */
const AGE_GROUPS = ["adult", "child"] as const;

function Assessed({
  prediction,
  films,
}: {
  prediction: FilmPrediction;
  films: number;
}) {
  const t = useTranslations("readings.ai");
  const { nameOf } = useFindingText();
  const finding = leadingFinding(prediction);
  if (!finding) return null;
  const name = nameOf(finding);
  const { probability, low, high, threshold, positive, unsure } = finding;
  const { unsureFrom, unsureTo } = finding;
  const ageGroup = AGE_GROUPS.find((group) => group === finding.group);
  return (
    <div className={styles.ai} data-testid="ai-result">
      <div className={styles.aiHead}>
        <span>
          <IconSparkles size={14} aria-hidden />{" "}
          {t(headOf(finding), { finding: name.toLocaleLowerCase() })}
        </span>
      </div>
      {unsure && unsureFrom != null && unsureTo != null ? (
        <div className={styles.text} data-testid="ai-unsure">
          {t(positive ? "unsureAbove" : "unsureBelow", {
            from: formatProbability(unsureFrom),
            to: formatProbability(unsureTo),
          })}
        </div>
      ) : null}
      <div className={styles.finding}>
        <span>{name}</span>
        <Percent probability={probability} low={low} high={high} />
      </div>
      <ProbabilityBar
        probability={probability}
        threshold={threshold}
        low={low}
        high={high}
        barOnly
      />
      <div className={styles.finding}>
        <span>{t("without", { finding: name.toLocaleLowerCase() })}</span>
        <Percent probability={1 - probability} low={1 - high} high={1 - low} />
      </div>
      <div className={styles.small}>
        {t("threshold", {
          percent: formatProbability(threshold),
          group: ageGroup ? t(`groups.${ageGroup}`) : finding.group,
        })}
        {films > 1 ? ` · ${t("strongestOf", { count: films })}` : null}
      </div>
      <div className={styles.small}>{t("gatePassed")}</div>
      <ModelLine prediction={prediction} />
      <div className={styles.small}>{t("disclaimer")}</div>
    </div>
  );
}

/** Unsure is an answer of its own, whichever way it would count. */
function headOf(finding: {
  unsure: boolean;
  positive: boolean;
}): "isUnsure" | "suggests" | "doesNotSuggest" {
  if (finding.unsure) return "isUnsure";
  return finding.positive ? "suggests" : "doesNotSuggest";
}

interface PercentProps {
  probability: number;
  low: number;
  high: number;
}

function Percent({ probability, low, high }: PercentProps) {
  return (
    <span className={styles.interval}>
      <span className={styles.percent}>{formatProbability(probability)}</span>{" "}
      <span className={styles.small}>({formatInterval(low, high)})</span>
    </span>
  );
}

function NotAssessed({ open, reading }: AiResultProps) {
  const t = useTranslations("readings.ai");
  const triage = useTriageText();
  const locale = useLocale();
  const { reassess } = reading;
  const refused = reading.predictions.find(
    ({ prediction }) => prediction && !prediction.assessed,
  )?.prediction;
  const reason = open.notAssessedReason ?? refused?.gateReason;
  return (
    <div className={styles.ai} data-testid="ai-result">
      <div className={styles.aiHead}>
        {t("notAssessed", { reason: triage.notAssessed(reason) })}
      </div>
      {/* The API's own sentence; the reason above is said in every language. */}
      {refused?.gateDetail && locale === "en" ? (
        <div className={styles.small}>{refused.gateDetail}</div>
      ) : null}
      <div className={styles.text}>{triage.notAssessedAction(reason)}</div>
      {reassess.canAsk ? (
        <Button
          size="compact-sm"
          variant="default"
          loading={reassess.isBusy}
          onClick={reassess.ask}
        >
          {t("askAgain")}
        </Button>
      ) : null}
      {refused ? <ModelLine prediction={refused} /> : null}
    </div>
  );
}

function ModelLine({ prediction }: { prediction: FilmPrediction }) {
  const t = useTranslations("readings.ai");
  const format = useFormatter();
  const { modelVersion, engine, milliseconds } = prediction;
  return (
    <div className={styles.small} title={modelVersion.sha256}>
      {t("model", {
        name: modelVersion.name,
        engine,
        milliseconds: format.number(milliseconds, { maximumFractionDigits: 0 }),
      })}
    </div>
  );
}
