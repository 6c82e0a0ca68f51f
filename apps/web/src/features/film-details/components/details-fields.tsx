"use client";

import { Chip, Group, Select, TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { DayField } from "../../../components/ui/day-field.tsx";
import type { Messages } from "../../../i18n/messages.ts";
import {
  CLINICAL_FLAGS,
  type DetailsProblem,
  type DetailsField,
  type FilmDetails,
  SEXES,
  VIEW_POSITIONS,
} from "../film-details.ts";
import { useTriageText } from "../../triage/use-triage-text.ts";
import styles from "./details-fields.module.css";
import { GrowingTextarea } from "../../../components/ui/growing-textarea.tsx";

export type DetailsProblems = Partial<Record<DetailsField, DetailsProblem>>;

interface DetailsFieldsProps {
  details: FilmDetails;
  /** What an empty field will take, shown in its place. */
  inherited?: FilmDetails;
  problems: DetailsProblems;
  onChange: (change: Partial<FilmDetails>) => void;
  /** What becomes of the note until it is sent, in a word below it. */
  noteState?: ReactNode;
  onNoteLeft?: () => void;
}

/** The short form about a film's patient and examination. */
export function DetailsFields(props: DetailsFieldsProps) {
  const t = useTranslations("upload");
  const text = useTriageText();
  const { details, inherited, onChange } = props;
  return (
    <div className={styles.fields}>
      <TextField name="mrn" {...props} />
      <TextField name="patientName" wide {...props} />
      <SexField {...props} />
      <TextField name="ageYears" {...props} />
      <BirthDateField {...props} />
      <TextField name="weightKg" {...props} />
      <Select
        label={t("fields.viewPosition")}
        data={VIEW_POSITIONS.map((value) => ({
          value,
          label: t(`views.${value}`),
        }))}
        placeholder={inherited?.viewPosition ?? ""}
        value={details.viewPosition || null}
        onChange={(value) => onChange({ viewPosition: value ?? "" })}
        clearable
        clearButtonProps={{ "aria-label": t("clearField") }}
      />
      <TextField name="accessionNumber" {...props} />
      <TextField name="ward" {...props} />
      <div className={styles.all}>
        <div className={styles.label} id="flags-label">
          {t("fields.clinicalFlags")}
        </div>
        <Group gap={6} role="group" aria-labelledby="flags-label">
          {CLINICAL_FLAGS.map((flag) => (
            <Chip
              key={flag}
              size="xs"
              checked={details.clinicalFlags.includes(flag)}
              onChange={(isOn) =>
                onChange({
                  clinicalFlags: isOn
                    ? [...details.clinicalFlags, flag]
                    : details.clinicalFlags.filter((item) => item !== flag),
                })
              }
            >
              {text.flag(flag)}
            </Chip>
          ))}
        </Group>
      </div>
      <div className={styles.all}>
        <GrowingTextarea
          label={t("fields.clinicalNote")}
          placeholder={inherited?.clinicalNote ?? ""}
          minRows={1}
          maxLength={4000}
          value={details.clinicalNote}
          onBlur={props.onNoteLeft}
          onChange={(event) =>
            onChange({ clinicalNote: event.currentTarget.value })
          }
        />
        {props.noteState}
      </div>
    </div>
  );
}

type TextFieldName = keyof Messages["upload"]["fields"] &
  (
    "mrn" | "patientName" | "ageYears" | "weightKg" | "accessionNumber" | "ward"
  );

interface TextFieldProps extends DetailsFieldsProps {
  name: TextFieldName;
  wide?: boolean;
}

function TextField(props: TextFieldProps) {
  const { name, wide, details, inherited, problems, onChange } = props;
  const t = useTranslations("upload");
  const problem = problems[name];
  const placeholder = name === "ageYears" ? t("agePlaceholder") : "";
  return (
    <TextInput
      label={t(`fields.${name}`)}
      placeholder={textOr(inherited?.[name], placeholder)}
      value={details[name]}
      error={problem ? t(`problems.${problem}`) : null}
      autoComplete="off"
      onChange={(event) => onChange({ [name]: event.currentTarget.value })}
      {...(wide ? { className: styles.wide } : {})}
    />
  );
}

function BirthDateField(props: DetailsFieldsProps) {
  const { details, inherited, problems, onChange } = props;
  const t = useTranslations("upload");
  // The field itself says when what was typed is no day.
  const problem = problems.birthDate === "no-day" ? null : problems.birthDate;
  return (
    <DayField
      label={t("fields.birthDate")}
      value={details.birthDate}
      inherited={inherited?.birthDate}
      error={problem ? t(`problems.${problem}`) : null}
      onChange={(birthDate) => onChange({ birthDate })}
    />
  );
}

function SexField({ details, inherited, onChange }: DetailsFieldsProps) {
  const t = useTranslations("upload");
  const tCommon = useTranslations("common");
  const inheritedSex = inherited?.sex;
  return (
    <Select
      label={t("fields.sex")}
      data={SEXES.map((value) => ({
        value,
        label: tCommon(`sexLong.${value}`),
      }))}
      placeholder={inheritedSex ? tCommon(`sexLong.${inheritedSex}`) : ""}
      value={details.sex || null}
      onChange={(value) =>
        onChange({ sex: SEXES.find((sex) => sex === value) ?? "" })
      }
      clearable
      clearButtonProps={{ "aria-label": t("clearField") }}
    />
  );
}

/** An empty field inherits nothing, so the example stays. */
function textOr(text: string | undefined, otherwise: string): string {
  return text === undefined || text === "" ? otherwise : text;
}
