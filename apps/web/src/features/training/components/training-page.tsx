"use client";

import { Button, NativeSelect } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useSearchParams } from "next/navigation";
import { useState } from "react";
import {
  PageBody,
  PageHeader,
} from "../../../components/layout/page-header.tsx";
import { EmptyState } from "../../../components/layout/states.tsx";
import { useSite } from "../../../components/shell/site-context.tsx";
import { useViewer } from "../../../components/shell/viewer-context.tsx";
import { routes } from "../../../lib/routes.ts";
import { useRuns } from "../use-training.ts";
import { RunList } from "./run-list.tsx";
import { RunView } from "./run-view.tsx";
import { StartDialog } from "./start-dialog.tsx";
import styles from "./training.module.css";

/** Where candidates are made: started, watched, halted. */
export function TrainingPage() {
  const t = useTranslations("training");
  const { site, sites } = useSite();
  const { can } = useViewer();
  const [chosenSite, setChosenSite] = useState<string | null>(null);
  const [isStarting, setStarting] = useState(false);
  const siteId = chosenSite ?? site?.id ?? sites[0]?.id ?? null;
  const chosen = useSearchParams().get("run");
  const list = useRuns(siteId);
  const shown = chosen ?? list.runs[0]?.id ?? null;
  return (
    <PageBody>
      <PageHeader
        title={t("title")}
        description={t("description")}
        actions={
          <div className={styles.tools}>
            {sites.length > 1 ? (
              <NativeSelect
                aria-label={t("site")}
                value={siteId ?? ""}
                data={sites.map(({ id, name }) => ({ value: id, label: name }))}
                onChange={(event) => {
                  setChosenSite(event.currentTarget.value);
                  show(null);
                }}
              />
            ) : null}
            {siteId !== null && can("training:run") ? (
              <Button
                onClick={() => {
                  setStarting(true);
                }}
              >
                {t("start.open")}
              </Button>
            ) : null}
          </div>
        }
      />
      {siteId === null ? (
        <EmptyState title={t("noSite.title")}>{t("noSite.text")}</EmptyState>
      ) : (
        <div className={styles.stack}>
          {shown === null ? null : <RunView key={shown} id={shown} />}
          <RunList list={list} shownId={shown} onShow={show} />
        </div>
      )}
      {isStarting && siteId !== null ? (
        <StartDialog
          siteId={siteId}
          onClose={() => {
            setStarting(false);
          }}
          onStarted={(id) => {
            setStarting(false);
            list.retry();
            show(id);
          }}
        />
      ) : null}
    </PageBody>
  );
}

/** A run's address, so that it can be handed on. */
function show(id: string | null): void {
  const query = id === null ? undefined : { run: id };
  window.history.pushState(null, "", routes.training(query));
}
