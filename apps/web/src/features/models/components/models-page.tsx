"use client";

import { Button, Skeleton } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useSearchParams } from "next/navigation";
import {
  PageBody,
  PageHeader,
} from "../../../components/layout/page-header.tsx";
import { EmptyState, ErrorState } from "../../../components/layout/states.tsx";
import { useSite } from "../../../components/shell/site-context.tsx";
import { routes } from "../../../lib/routes.ts";
import { ThresholdsLink } from "../../thresholds/components/thresholds-link.tsx";
import { TrainingLink } from "../../training/components/training-link.tsx";
import { CardPanel } from "../../promotions/components/card-panel.tsx";
import { LoopPanel } from "../../promotions/components/loop-panel.tsx";
import { ShadowPanel } from "../../shadows/components/shadow-panel.tsx";
import { liveModelAt, wasShadowAt } from "../../model-versions/model-role.ts";
import {
  type Model,
  type ModelList,
  useModels,
} from "../../model-versions/use-models.ts";
import { MetricChart } from "../../model-card/components/metric-chart.tsx";
import { MetricTables } from "../../model-card/components/metric-tables.tsx";
import { ModelCard } from "../../model-card/components/model-card.tsx";
import { ModelFindings } from "../../model-card/components/model-findings.tsx";
import { ModelRoleActions } from "./model-role-actions.tsx";
import { ModelSummary } from "./model-summary.tsx";
import { ModelVersions } from "./model-versions.tsx";
import styles from "../../model-versions/components/models.module.css";
import { RecalibrationPanel } from "../../model-card/components/recalibration-panel.tsx";
import { Thresholds } from "../../model-card/components/thresholds.tsx";
import { TrainingData } from "../../model-card/components/training-data.tsx";

/** What the AI is: the live model, its figures, and those before it. */
export function ModelsPage() {
  const t = useTranslations("models");
  const models = useModels();
  return (
    <PageBody>
      <PageHeader
        title={t("title")}
        description={t("description")}
        actions={
          <>
            <TrainingLink />
            <ThresholdsLink label={t("toThresholds")} />
          </>
        }
      />
      <ModelsOrState models={models} />
    </PageBody>
  );
}

function ModelsOrState({ models }: { models: ModelList }) {
  const t = useTranslations("models");
  const chosenId = useSearchParams().get("model");
  if (models.isLoading) return <ModelsSkeleton />;
  if (models.error && models.versions.length === 0) {
    return (
      <ErrorState
        title={t("loadFailed")}
        error={models.error}
        onRetry={models.retry}
      />
    );
  }
  const shown =
    models.versions.find((model) => model.id === chosenId) ??
    models.live ??
    models.versions[0];
  if (!shown) {
    return <EmptyState title={t("empty.title")}>{t("empty.text")}</EmptyState>;
  }
  return (
    <div className={styles.stack}>
      <OneModel key={shown.id} model={shown} models={models} />
      <ModelVersions models={models} shownId={shown.id} />
    </div>
  );
}

function OneModel({ model, models }: { model: Model; models: ModelList }) {
  const t = useTranslations("models");
  const { live } = models;
  return (
    <>
      <ModelSummary
        model={model}
        action={
          <>
            <ModelRoleActions model={model} />
            {live && live.id !== model.id ? (
              <Button
                variant="default"
                onClick={() => {
                  window.history.pushState(null, "", routes.models());
                }}
              >
                {t("showLive")}
              </Button>
            ) : null}
          </>
        }
      />
      <CandidatePanels model={model} models={models.versions} />
      <RecalibrationPanel groups={model.recalibration} />
      <LoopPanel models={models.versions} />
      <div className={styles.two}>
        <MetricChart metrics={model.metrics} />
        <div className={styles.stack}>
          <ModelFindings findings={model.findings} />
          <Thresholds thresholds={model.thresholds} />
          <TrainingData data={model.trainingData} />
        </div>
      </div>
      <MetricTables metrics={model.metrics} />
      <ModelCard markdown={model.cardMarkdown ?? null} />
    </>
  );
}

/** Of a model that is not live at the site: what speaks for and against it. */
function CandidatePanels(props: { model: Model; models: readonly Model[] }) {
  const { model, models } = props;
  const { site, sites } = useSite();
  const at = site ?? sites[0];
  if (!at) return null;
  const live = liveModelAt(models, at.id);
  return (
    <>
      {live && live.id !== model.id ? (
        <CardPanel live={live} model={model} />
      ) : null}
      {wasShadowAt(model, at.id) ? (
        <ShadowPanel siteId={at.id} model={model} />
      ) : null}
    </>
  );
}

function ModelsSkeleton() {
  const t = useTranslations("common");
  return (
    <div className={styles.stack} role="status" aria-label={t("loading")}>
      <PanelSkeleton lines={3} />
      <div className={styles.two}>
        <PanelSkeleton lines={14} />
        <div className={styles.stack}>
          <PanelSkeleton lines={5} />
          <PanelSkeleton lines={8} />
        </div>
      </div>
    </div>
  );
}

function PanelSkeleton({ lines }: { lines: number }) {
  return (
    <div className={styles.panel}>
      <Skeleton height={14} width="30%" mb="md" radius="xl" />
      {Array.from({ length: lines }, (_, index) => (
        <Skeleton
          key={index}
          height={10}
          mb={14}
          radius="xl"
          width={`${92 - ((index * 17) % 40)}%`}
        />
      ))}
    </div>
  );
}
