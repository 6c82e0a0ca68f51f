"use client";

import { Button } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useViewer } from "../../../components/shell/viewer-context.tsx";
import type { FilmFieldsFragment } from "../../../gql/graphql.ts";
import type { OpenCase } from "../../cases/use-case.ts";
import styles from "./film-corrections.module.css";
import { MoveFilmDialog } from "./move-film-dialog.tsx";
import { RemoveFilmDialog } from "./remove-film-dialog.tsx";
import { TurnFilmDialog } from "./turn-film-dialog.tsx";

const STEPS = ["turn", "move", "remove"] as const;
type Step = (typeof STEPS)[number];

interface FilmActionsProps {
  open: OpenCase;
  image: FilmFieldsFragment;
  onDone: () => void;
}

/** What can be put right about one film. */
export function FilmActions({ open, image, onDone }: FilmActionsProps) {
  const t = useTranslations("films");
  const { can } = useViewer();
  const [step, setStep] = useState<Step | null>(null);
  if (!can("film:correct")) return null;
  const dialog = {
    caseId: open.id,
    image,
    onDone,
    onClose: () => setStep(null),
  };
  return (
    <div className={styles.actions}>
      {STEPS.map((name) => (
        <Button
          key={name}
          size="compact-sm"
          variant="default"
          aria-label={t(`${name}.startOf`, { file: image.originalName })}
          onClick={() => setStep(name)}
        >
          {t(`${name}.start`)}
        </Button>
      ))}
      {step === "turn" ? (
        <TurnFilmDialog
          {...dialog}
          studyView={open.study.viewPosition ?? null}
        />
      ) : step === "move" ? (
        <MoveFilmDialog
          {...dialog}
          studyId={open.study.id}
          siteId={open.site.id}
        />
      ) : step === "remove" ? (
        <RemoveFilmDialog {...dialog} />
      ) : null}
    </div>
  );
}
