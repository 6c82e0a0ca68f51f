"use client";

import { Button } from "@mantine/core";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import {
  formatDate,
  formatDateTime,
  formatExamTime,
} from "../../../lib/dates.ts";
import { CaseLearning } from "../../case-learning/components/case-learning.tsx";
import { FilmActions } from "../../film-corrections/components/film-actions.tsx";
import { FilmCorrectionList } from "../../film-corrections/components/film-correction-list.tsx";
import { StudyCorrectionList } from "../../study-corrections/components/study-correction-list.tsx";
import { CorrectStudyDialog } from "../../study-corrections/components/correct-study-dialog.tsx";
import { ErasureAction } from "../../erasures/components/erasure-action.tsx";
import { WithdrawalAction } from "../../withdrawals/components/withdrawal-action.tsx";
import { useTriageText } from "../../triage/use-triage-text.ts";
import type { OpenCase } from "../../cases/use-case.ts";
import type { SeenVersion } from "../../cases/use-seen-version.ts";
import { usePatientName } from "../../patients/use-patient-name.ts";
import review from "../../../components/layout/reading.module.css";

interface CaseDetailsProps {
  open: OpenCase;
  refetch: () => Promise<unknown>;
  seen: SeenVersion;
}

/** Patient, study and films, as the header or the sender gave them. */
export function CaseDetails({ open, refetch, seen }: CaseDetailsProps) {
  const t = useTranslations("cases.details");
  const common = useTranslations("common");
  const locale = useLocale();
  const triage = useTriageText();
  const { patient, study } = open;
  const unknown = t("unknown");
  const patientName = usePatientName();
  const givenTo = useGivenTo(open);
  // How often the patient was corrected here: the list is read anew.
  const [corrected, setCorrected] = useState(0);
  const again = () => {
    refetch().catch(() => undefined);
  };
  const rows: [string, string][] = [
    [t("name"), patientName(patient)],
    [t("mrn"), patient.mrn ?? unknown],
    ...(patient.identityState === "CHECK"
      ? [[t("identity"), t("identityCheck")] satisfies [string, string]]
      : []),
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
    [t("studiedAt"), formatExamTime(study, locale) ?? unknown],
    [t("arrivedAt"), formatDateTime(open.arrivedAt, locale)],
    [t("accession"), study.accessionNumber ?? unknown],
    [t("referring"), study.referringPhysician ?? unknown],
    [t("ward"), study.ward ?? unknown],
    [t("requested"), study.requestedProcedure ?? unknown],
    [t("site"), open.site.name],
    [t("policy"), t("policyVersion", { version: open.policyVersion })],
    [t("assignee"), givenTo],
  ];
  return (
    <>
      <section className={review.step}>
        <dl className={review.facts}>
          {rows.map(([name, value]) => (
            <Row key={name} name={name} value={value} />
          ))}
        </dl>
        {open.viewerCanEditStudy ? (
          <CorrectButton
            open={open}
            refetch={refetch}
            seen={seen}
            onDone={() => setCorrected((times) => times + 1)}
          />
        ) : null}
        <WithdrawalAction patient={patient} />
        <ErasureAction patient={patient} />
      </section>
      <section className={review.step} aria-labelledby="case-films">
        <h2 className={review.heading} id="case-films">
          {t("films")}
        </h2>
        {study.images.length === 0 ? <div>{t("noFilm")}</div> : null}
        {study.images.map((image) => (
          <div key={image.id}>
            <dl className={review.facts}>
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
            <FilmActions open={open} image={image} onDone={again} />
          </div>
        ))}
      </section>
      <CaseLearning caseId={open.id} />
      <StudyCorrectionList
        key={`${patient.id} ${String(corrected)}`}
        caseId={open.id}
        onDone={again}
      />
      <FilmCorrectionList
        key={study.images.map(({ id }) => id).join()}
        caseId={open.id}
        studyId={study.id}
        onDone={again}
      />
    </>
  );
}

function CorrectButton(props: CaseDetailsProps & { onDone: () => void }) {
  const { open, refetch, seen, onDone } = props;
  const t = useTranslations("upload.correct");
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        mt="sm"
        size="compact-sm"
        variant="default"
        onClick={() => setOpen(true)}
      >
        {t("start")}
      </Button>
      {isOpen ? (
        <CorrectStudyDialog
          known={open}
          onClose={() => setOpen(false)}
          onCorrected={(state) => {
            if (state) seen.noteOwn(state);
            onDone();
            // Patient and study are more than what came back.
            refetch().catch(() => undefined);
          }}
        />
      ) : null}
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

/** Who should read it: a reader, or the pool that it waits for. */
function useGivenTo({ assignee, pool, assignmentRule: rule }: OpenCase) {
  const t = useTranslations("cases.details");
  if (!assignee && !pool) return t("nobody");
  const name = assignee?.name ?? t("pool", { name: pool?.name ?? "" });
  return rule ? t("assignedBy", { name, rule }) : name;
}
