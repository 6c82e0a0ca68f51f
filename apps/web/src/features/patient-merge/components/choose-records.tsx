"use client";

import { Radio } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { StepDialog } from "../../../components/ui/step-dialog.tsx";
import {
  NumberSearch,
  type FoundPatient,
} from "../../patient-search/components/number-search.tsx";
import { MergeDialog } from "./merge-dialog.tsx";
import { RecordCard } from "./record-card.tsx";
import styles from "./merges.module.css";

type Chosen = FoundPatient | null;

/** Two records by their numbers, whether or not they look alike. */
export function ChooseRecords({ onClose }: { onClose: () => void }) {
  const t = useTranslations("duplicates.choose");
  const [first, setFirst] = useState<Chosen>(null);
  const [second, setSecond] = useState<Chosen>(null);
  const [isChosen, setIsChosen] = useState(false);
  if (isChosen && first && second)
    return <MergeDialog pair={{ first, second }} onClose={onClose} />;
  const isSame = first !== null && first.id === second?.id;
  return (
    <StepDialog
      size="lg"
      title={t("title")}
      action={t("next")}
      isReady={first !== null && second !== null && !isSame}
      isBusy={false}
      onClose={onClose}
      onSubmit={() => setIsChosen(true)}
    >
      <div>{t("text")}</div>
      <Choice isFirst label={t("one")} chosen={first} onChoose={setFirst} />
      <Choice label={t("other")} chosen={second} onChoose={setSecond} />
      {isSame ? <div role="alert">{t("same")}</div> : null}
    </StepDialog>
  );
}

interface ChoiceProps {
  label: string;
  isFirst?: boolean;
  chosen: Chosen;
  onChoose: (patient: Chosen) => void;
}

function Choice({ label, isFirst = false, chosen, onChoose }: ChoiceProps) {
  return (
    <NumberSearch
      label={label}
      siteId={null}
      isFirst={isFirst}
      onSearch={() => onChoose(null)}
    >
      {(found) => (
        <Radio.Group
          aria-label={label}
          value={chosen?.id ?? null}
          onChange={(id) =>
            onChoose(found.find((patient) => patient.id === id) ?? null)
          }
        >
          <div className={styles.records}>
            {found.map((patient) => (
              <Radio
                key={patient.id}
                mt="0.5rem"
                value={patient.id}
                label={<RecordCard record={patient} />}
              />
            ))}
          </div>
        </Radio.Group>
      )}
    </NumberSearch>
  );
}
