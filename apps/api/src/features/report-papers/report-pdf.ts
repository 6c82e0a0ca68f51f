import type { ReportLanguage } from "../reports/report.ts";
import { REPORT_SECTIONS } from "../reports/report.ts";
import { UNKNOWN_NAME } from "../film-identity/identity-conflicts.rules.ts";
import { PDF_WORDS } from "./pdf-words.ts";
import type { AiPart, ReportDocument } from "./report-document.ts";
import { ReportSheet } from "./report-sheet.ts";

/** BCP 47 of the calendars and clocks on the paper. */
const LOCALE = { en: "en-GB", vi: "vi-VN" } as const;

/** The printed report; `isForPrint` opens the viewer's print dialog. */
export function reportPdf(
  of: ReportDocument,
  isForPrint: boolean,
): Promise<Buffer> {
  const words = PDF_WORDS[of.language];
  const sheet = new ReportSheet({
    // No name of a patient in what file managers and search engines read.
    title: words.title,
    language: of.language,
    author: of.signer,
    createdAt: of.signedAt,
  });
  if (isForPrint) sheet.printAtOnce();
  const isPreliminary = of.preliminary !== null || isUnauthorised(of);
  sheet.letterhead(
    of.site.name,
    of.site.code,
    isPreliminary ? `${words.preliminary} · ${words.title}` : words.title,
  );
  head(sheet, of);
  sheet.rule();
  text(sheet, of);
  if (of.keyImage !== null) picture(sheet, of);
  if (of.ai !== null) {
    sheet.aiBox(words.aiHeading, aiLines(of.ai, of.language));
  }
  if (isPreliminary) sheet.watermark(words.preliminary);
  const signature = `${saidBy(of)} · ${numberOf(of)}`;
  return sheet.finish(
    (page, pages) => `${signature}\n${words.page(page, pages)}`,
  );
}

/** Whether a junior signed it, and the senior who has to has not. */
function isUnauthorised({ authorisation }: ReportDocument): boolean {
  return authorisation !== null && authorisation.by === null;
}

/** "Signed by …" and by whom authorised, or who gave it out unsigned. */
function saidBy(of: ReportDocument): string {
  const words = PDF_WORDS[of.language];
  const say = of.preliminary === null ? words.signed : words.issued;
  const said = say(of.signer, signedTime(of));
  const by = of.authorisation?.by ?? null;
  if (by === null) return said;
  return `${said}. ${words.authorised(by.name, moment(by.signedAt, of))}`;
}

function numberOf(of: ReportDocument): string {
  const words = PDF_WORDS[of.language];
  return of.preliminary === null
    ? words.version(of.version)
    : words.preliminaryNumber(of.version);
}

/** Whose film it is and which. */
function head(sheet: ReportSheet, of: ReportDocument): void {
  const words = PDF_WORDS[of.language];
  const { patient, study } = of;
  if (of.preliminary !== null) {
    sheet.warning(
      of.preliminary.isSignedSince
        ? words.preliminaryOver
        : words.preliminaryNote,
    );
  }
  if (isUnauthorised(of)) sheet.warning(words.notAuthorised);
  if (of.supersededBy !== null) {
    sheet.warning(
      of.preliminary === null
        ? words.superseded(of.supersededBy)
        : words.preliminarySuperseded(of.supersededBy),
    );
  }
  if (of.isReopened) sheet.warning(words.reopened);
  if (!patient.isCertain) sheet.warning(words.identityUnsure);
  sheet.facts([
    [words.name, patient.name === UNKNOWN_NAME ? words.unknown : patient.name],
    [words.mrn, patient.mrn ?? words.unknown],
    [
      words.birthDate,
      patient.birthDate === null
        ? words.unknown
        : day(patient.birthDate, of.language),
    ],
    [words.sex, words.sexes[patient.sex]],
    [words.study, study.description],
    [words.studiedAt, takenAt(of)],
    [words.accession, study.accessionNumber],
    [words.referring, study.referringPhysician],
  ]);
}

/** What was signed: the sections that say something, and the addenda. */
function text(sheet: ReportSheet, of: ReportDocument): void {
  const words = PDF_WORDS[of.language];
  const { report } = of;
  sheet.facts([[words.decided, words.labels[of.label]]]);
  const isWritten =
    report !== null &&
    REPORT_SECTIONS.some((section) => report[section] !== "");
  if (!isWritten) sheet.note(words.noReport);
  for (const section of REPORT_SECTIONS) {
    const written = report?.[section] ?? "";
    if (written === "") continue;
    sheet.section(words.sections[section], written, section === "impression");
  }
  for (const addendum of report?.addenda ?? []) {
    const time = moment(new Date(addendum.addedAt), of);
    sheet.section(words.addendum(time), addendum.text);
  }
  if (of.amendReason !== null) sheet.section(words.amended, of.amendReason);
  sheet.note(`${saidBy(of)}. ${numberOf(of)}.`);
}

function picture(sheet: ReportSheet, { keyImage, language }: ReportDocument) {
  if (keyImage === null) return;
  const words = PDF_WORDS[language];
  const { jpeg, marks } = keyImage;
  if (jpeg === null) sheet.note(words.noPicture);
  else sheet.film(words.keyImage, { ...keyImage, jpeg }, marks);
  if (marks.length === 0) return;
  const named = marks.map(({ number, name }) => `${String(number)} ${name}`);
  sheet.note(`${words.regions}: ${named.join(" · ")}`);
}

function aiLines(ai: AiPart, language: ReportLanguage): string[] {
  const words = PDF_WORDS[language];
  const { answer } = ai;
  const said =
    answer === null
      ? words.aiNotAssessed
      : words.aiAnswer({
          name: answer.name,
          percent: percent(answer.probability),
          low: percent(answer.low),
          high: percent(answer.high),
          threshold: percent(answer.threshold),
        });
  return [
    said,
    words.decisions[ai.decision],
    `${words.aiModel}: ${ai.model}`,
    words.aiNote,
  ];
}

/** Two digits at most: no more is known. */
function percent(share: number): string {
  return `${String(Math.round(share * 100))} %`;
}

function day(date: Date, language: ReportLanguage): string {
  return new Intl.DateTimeFormat(LOCALE[language], {
    day: "2-digit",
    month: "2-digit",
    year: "numeric",
    timeZone: "UTC",
  }).format(date);
}

/** By the clock on the wall where the film was taken; no time is made up. */
function takenAt({ study, language }: ReportDocument): string {
  if (study.studyDate === null) return PDF_WORDS[language].unknown;
  const time = study.studyTime?.slice(0, 5) ?? "";
  return `${day(study.studyDate, language)} ${time}`.trim();
}

function signedTime(of: ReportDocument): string {
  return moment(of.signedAt, of);
}

/** In the zone of the site, which is named; UTC where none is known. */
function moment(time: Date, { site, language }: ReportDocument): string {
  return new Intl.DateTimeFormat(LOCALE[language], {
    day: "2-digit",
    month: "2-digit",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    timeZone: site.timeZone ?? "UTC",
    timeZoneName: "short",
  }).format(time);
}
