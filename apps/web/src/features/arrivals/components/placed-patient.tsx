"use client";

import { Button } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { usePatientName } from "../../patients/use-patient-name.ts";
import type { UploadedCase } from "../use-uploaded-cases.ts";
import { CorrectStudyDialog } from "../../study-corrections/components/correct-study-dialog.tsx";
import styles from "./upload-table.module.css";

interface PlacedPatientProps {
  placed: UploadedCase;
  /** After somebody has said whose it is. */
  onCorrected: () => void;
}

/** Whose the film is, as it was filed, and a way to put that right. */
export function PlacedPatient({ placed, onCorrected }: PlacedPatientProps) {
  const t = useTranslations("upload");
  const nameOf = usePatientName();
  const [isOpen, setOpen] = useState(false);
  const { patient, viewerCanEditStudy } = placed;
  const isOpenQuestion = patient.identityState !== "KNOWN";
  const claimed = patient.claims?.name;
  return (
    <div className={styles.placed}>
      <span>
        {[nameOf(patient), patient.mrn].filter(Boolean).join(" · ")}
        {claimed ? (
          <span className={styles.warn}>
            {" "}
            {t("numberOf", { name: claimed })}
          </span>
        ) : null}
      </span>
      {isOpenQuestion && viewerCanEditStudy ? (
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => setOpen(true)}
        >
          {t("fix")}
        </Button>
      ) : null}
      {isOpen ? (
        <CorrectStudyDialog
          known={placed}
          onClose={() => setOpen(false)}
          onCorrected={onCorrected}
        />
      ) : null}
    </div>
  );
}
