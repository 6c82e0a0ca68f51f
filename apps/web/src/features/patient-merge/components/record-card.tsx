"use client";

import { useLocale, useTranslations } from "next-intl";
import type { RecordFieldsFragment } from "../../../gql/graphql.ts";
import { formatDate } from "../../../lib/dates.ts";
import { usePatientName } from "../../patients/use-patient-name.ts";
import styles from "./merges.module.css";

/** One record: what tells it from the one beside it. */
export function RecordCard({ record }: { record: RecordFieldsFragment }) {
  const t = useTranslations("duplicates");
  const common = useTranslations("common");
  const locale = useLocale();
  const patientName = usePatientName();
  const newest = record.studies.edges[0]?.node;
  const day = (iso: string | null) =>
    iso === null ? t("unknown") : formatDate(iso, locale);
  const numbers = record.identifiers.map(({ value, issuer }) =>
    issuer ? `${value} (${t("issuer", { issuer })})` : value,
  );
  const facts = [
    [t("number"), numbers.join(", ") || t("noNumber")],
    [t("born"), day(record.birthDate ?? null)],
    [t("sex"), common(`sexLong.${record.sex}`)],
    [t("studies"), newest ? day(newest.studyDate ?? null) : t("noStudies")],
  ] as const;
  return (
    <div className={styles.card}>
      <strong>{patientName(record)}</strong>
      <dl className={styles.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
