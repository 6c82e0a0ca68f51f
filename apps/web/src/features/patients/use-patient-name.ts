"use client";

import { STAND_IN_NAME } from "@lung-iris/audit-words";
import { useTranslations } from "next-intl";
import type { IdentityState } from "../../gql/graphql.ts";
import { isUnknownPatient } from "../film-details/study-corrections.ts";

/**
 * Gives the name to show for a patient: a film that came without one has a
 * stand-in there, which is said in the reader's language.
 */
export function usePatientName(): (patient: {
  identityState: IdentityState;
  name: string;
}) => string {
  const t = useTranslations("cases");
  return (patient) =>
    isUnknownPatient(patient) && patient.name === STAND_IN_NAME
      ? t("unknownPatient")
      : patient.name;
}
