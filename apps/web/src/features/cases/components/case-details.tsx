"use client";

import { useLocale, useTranslations } from "next-intl";
import { formatDate, formatDateTime } from "../../../lib/dates.ts";
import { useTriageText } from "../../triage/use-triage-text.ts";
import type { OpenCase } from "../use-case.ts";
import review from "../../reviews/components/review.module.css";

/** Patient, study and films, as the header or the sender gave them. */
export function CaseDetails({ open }: { open: OpenCase }) {
  const t = useTranslations("cases.details");
  const common = useTranslations("common");
  const locale = useLocale();
  const triage = useTriageText();
  const { patient, study } = open;
  const unknown = t("unknown");
  const rows: [string, string][] = [
    [t("name"), patient.name],
    [t("mrn"), patient.mrn],
    [
      t("birthDate"),
      patient.birthDate ? formatDate(patient.birthDate, locale) : unknown,
    ],
    [t("sex"), common(`sexLong.${patient.sex}`)],
    [
      t("weight"),
      study.patientWeightKg == null
        ? unknown
        : t("kg", { value: study.patientWeightKg }),
    ],
    [
      t("studiedAt"),
      study.studiedAt ? formatDateTime(study.studiedAt, locale) : unknown,
    ],
    [t("arrivedAt"), formatDateTime(open.arrivedAt, locale)],
    [t("accession"), study.accessionNumber ?? unknown],
    [t("site"), open.site.name],
    [t("assignee"), open.assignee?.name ?? t("nobody")],
  ];
  return (
    <>
      <section className={review.step}>
        <dl className={review.facts}>
          {rows.map(([name, value]) => (
            <Row key={name} name={name} value={value} />
          ))}
        </dl>
      </section>
      <section className={review.step} aria-labelledby="case-films">
        <h2 className={review.heading} id="case-films">
          {t("films")}
        </h2>
        {study.images.map((image) => (
          <dl key={image.id} className={review.facts}>
            <Row name={t("file")} value={image.originalName} />
            <Row
              name={t("kind")}
              value={t("kindOf", {
                format: image.format,
                width: image.width,
                height: image.height,
                bits: image.bitsStored,
              })}
            />
            {image.warnings.length > 0 ? (
              <Row
                name={t("warnings")}
                value={image.warnings.map(triage.warning).join("\n")}
              />
            ) : null}
          </dl>
        ))}
      </section>
    </>
  );
}

function Row({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}

/** What the sender said of the patient's state; above the steps of a read. */
export function ClinicalLine({ open }: { open: OpenCase }) {
  const t = useTranslations("cases");
  const triage = useTriageText();
  const { clinicalFlags, clinicalNote } = open.study;
  if (clinicalFlags.length === 0 && !clinicalNote) return null;
  return (
    <section className={review.step} aria-label={t("clinical")}>
      <dl className={review.facts}>
        {clinicalFlags.length > 0 ? (
          <Row
            name={t("clinical")}
            value={clinicalFlags.map(triage.flag).join(", ")}
          />
        ) : null}
        {clinicalNote ? <Row name={t("note")} value={clinicalNote} /> : null}
      </dl>
    </section>
  );
}
