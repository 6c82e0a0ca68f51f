"use client";

import { useMutation } from "@apollo/client/react";
import { Button } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useViewer } from "../../../components/shell/viewer-context.tsx";
import { StepDialog } from "../../../components/ui/step-dialog.tsx";
import { useNotify } from "../../../components/ui/use-notify.tsx";
import {
  PAUSE_TRAINING,
  RESUME_TRAINING,
  STOP_TRAINING,
  TRAINING_RUN,
} from "../training-queries.ts";
import { isOnItsWay, type Run } from "../use-training.ts";

/** Halting a run, letting it go on, ending it: what its state has a way to. */
export function RunActions({ run }: { run: Run }) {
  const t = useTranslations("training.actions");
  const { can } = useViewer();
  const notify = useNotify();
  const [isStopping, setStopping] = useState(false);
  const options = {
    variables: { id: run.id },
    refetchQueries: [TRAINING_RUN],
  };
  const [pause, pausing] = useMutation(PAUSE_TRAINING, {
    ...options,
    onError: (error) => notify.failed(t("failed"), error),
  });
  const [resume, resuming] = useMutation(RESUME_TRAINING, {
    ...options,
    onError: (error) => notify.failed(t("failed"), error),
  });
  const [stop, stopping] = useMutation(STOP_TRAINING, options);
  if (!can("training:run")) return null;
  const isPaused = run.state === "PAUSED";
  if (!isPaused && !isOnItsWay(run.state)) return null;
  return (
    <>
      {isPaused ? (
        <Button
          loading={resuming.loading}
          // onError has told the person already.
          onClick={() => void resume().catch(() => undefined)}
        >
          {t("resume")}
        </Button>
      ) : (
        <Button
          variant="default"
          loading={pausing.loading}
          onClick={() => void pause().catch(() => undefined)}
        >
          {t("pause")}
        </Button>
      )}
      <Button
        variant="default"
        onClick={() => {
          setStopping(true);
        }}
      >
        {t("stop")}
      </Button>
      <StepDialog
        isOpen={isStopping}
        title={t("stopTitle", { name: run.name })}
        action={t("stop")}
        isReady
        isBusy={stopping.loading}
        error={stopping.error}
        errorTitle={t("failed")}
        onClose={() => {
          setStopping(false);
        }}
        onSubmit={() =>
          void stop().then(
            () => setStopping(false),
            () => undefined,
          )
        }
      >
        <p>{t("stopText")}</p>
      </StepDialog>
    </>
  );
}
