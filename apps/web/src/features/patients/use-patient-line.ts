"use client";

import { useLocale, useTranslations } from "next-intl";
import { formatDate, formatExamTime } from "../../lib/dates.ts";
import { patientAge } from "../triage/triage-format.ts";
import type { OpenCase } from "../cases/use-case.ts";

/** "F 63 · 23 Nov 2026, 09:12 · Chest PA · MRN 4711", what is known of it. */
export function usePatientLine(open: OpenCase): string {
  const t = useTranslations("cases");
  const common = useTranslations("common");
  const locale = useLocale();
  const { patient, study } = open;
  const age = patientAge(
    study.patientAgeYears,
    patient.birthDate,
    Date.parse(study.studyDate ?? ""),
  );
  const person = [
    common(`sex.${patient.sex}`),
    age ? t(`age.${age.unit}`, { count: age.count }) : null,
  ];
  return [
    person.filter(Boolean).join(" "),
    formatExamTime(study, locale) ?? t("dateUnknown"),
    examination(study, t("chest")),
    patient.mrn == null ? t("noMrn") : t("mrn", { mrn: patient.mrn }),
  ].join(" · ");
}

/** "Chest PA"; a description that names the view does not need it again. */
function examination(
  study: {
    description?: string | null | undefined;
    viewPosition?: string | null | undefined;
  },
  fallback: string,
): string {
  const description = study.description ?? fallback;
  const view = study.viewPosition;
  return view && !description.includes(view)
    ? `${description} ${view}`
    : description;
}

/** "2 Aug 2026 · Chest PA" for an earlier study. */
export function useStudyLine(): (study: {
  studyDate?: string | null | undefined;
  description?: string | null | undefined;
  viewPosition?: string | null | undefined;
}) => string {
  const t = useTranslations("cases");
  const locale = useLocale();
  return ({ studyDate, description, viewPosition }) =>
    [
      studyDate ? formatDate(studyDate, locale) : t("dateUnknown"),
      examination({ description, viewPosition }, t("chest")),
    ].join(" · ");
}
