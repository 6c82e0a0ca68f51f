"use client";

import { useLocale, useTranslations } from "next-intl";
import type { PatientThenFieldsFragment } from "../../gql/graphql.ts";
import { formatDate } from "../../lib/dates.ts";
import { usePatientName } from "../patients/use-patient-name.ts";

/** Says in one line who a patient is: name, number, birth date and sex. */
export function usePatientThen(): (
  patient: PatientThenFieldsFragment,
) => string {
  const t = useTranslations("films.study");
  const common = useTranslations("common");
  const locale = useLocale();
  const patientName = usePatientName();
  return (patient) =>
    t("patient", {
      name: patientName(patient),
      mrn: patient.mrn ?? t("noNumber"),
      born: patient.birthDate
        ? formatDate(patient.birthDate, locale)
        : t("unknown"),
      sex: common(`sexLong.${patient.sex}`),
    });
}
