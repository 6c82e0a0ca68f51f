"use client";

import { Button } from "@mantine/core";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { EmptyState } from "../../../components/layout/states.tsx";
import { useViewer } from "../../../components/shell/viewer-context.tsx";
import { routes } from "../../../lib/routes.ts";
import {
  type WorklistChoice,
  isNarrowed,
  withoutFilters,
} from "../../worklist-query/worklist-url.ts";

interface WorklistEmptyProps {
  choice: WorklistChoice;
  onChange: (change: Partial<WorklistChoice>) => void;
}

/** Says why there is nothing, and what would bring something. */
export function WorklistEmpty({ choice, onChange }: WorklistEmptyProps) {
  const t = useTranslations("worklist.empty");
  const { can } = useViewer();
  if (isNarrowed(choice)) {
    return (
      <EmptyState
        title={t("noMatch")}
        actions={
          <>
            {choice.view === "everything" ? null : (
              // What was sought and chosen stays.
              <Button
                onClick={() => onChange({ view: "everything", saved: null })}
              >
                {t("lookInEverything")}
              </Button>
            )}
            <Button
              variant="default"
              onClick={() => onChange(withoutFilters(choice))}
            >
              {t("clear")}
            </Button>
          </>
        }
      >
        {t(choice.view === "everything" ? "noMatchAnywhere" : "noMatchText")}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title={t(`${choice.view}.title`)}
      actions={
        can("study:upload") && choice.view === "all" ? (
          <Button component={Link} href={routes.upload()} variant="default">
            {t("upload")}
          </Button>
        ) : null
      }
    >
      {t(`${choice.view}.text`)}
    </EmptyState>
  );
}
