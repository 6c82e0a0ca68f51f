import type { Label } from "@lung-iris/prisma";
import { findFinding, LEADING_FINDING } from "../findings/finding-catalogue.ts";
import { labelOfLeading } from "../findings/finding-labels.ts";
import type { ReadingFinding } from "../reading-findings/reading-finding.ts";
import type { ReportLanguage, ReportTexts } from "./report.ts";
import { asSentence, dayInWords, REPORT_WORDS } from "./report-words.ts";

/** A finding of the catalogue as a reader chose it. */
export type ChosenFinding = Pick<
  ReadingFinding,
  "code" | "presence" | "side" | "zones"
>;

/**
 * What is seen and what it means, as sentences: of what the reader chose and
 * of nothing else. Codes without a name of their own ("other") say nothing:
 * what they are, the reader writes.
 */
export function decisionSentences(
  chosen: { label: Label | null; findings: readonly ChosenFinding[] },
  language: ReportLanguage,
): Pick<ReportTexts, "findings" | "impression"> {
  const words = REPORT_WORDS[language];
  const { label } = chosen;
  const named = chosen.findings.flatMap((finding) => {
    const entry = findFinding(finding.code);
    if (entry === null || finding.code === "other") return [];
    return [{ ...finding, name: entry.names[language] }];
  });
  const seen = named.filter(({ presence }) => presence === "PRESENT");
  const doubtful = named.filter(({ presence }) => presence === "UNCERTAIN");
  const absent = named.filter(({ presence }) => presence === "ABSENT");
  const said = [
    ...seen.map((one) => words.present(one.name, words.place(one))),
    ...doubtful.map((one) => words.uncertain(one.name, words.place(one))),
  ].map(asSentence);
  const denied =
    absent.length === 0
      ? []
      : [asSentence(words.absent(absent.map(({ name }) => name)))];
  if (label === null) {
    return {
      findings: [...said, ...denied].join(" "),
      impression: numbered(said),
    };
  }
  const isLeadingSaid = seen.some(({ code }) => code === LEADING_FINDING);
  // What the label says stands by itself only where no finding says it.
  const isLabelSaid =
    label === labelOfLeading ? isLeadingSaid : said.length > 0;
  const ofLabel = isLabelSaid ? [] : [words.findingsOf[label]];
  const impression = isLabelSaid ? said : [words.impressionOf[label], ...said];
  return {
    findings: [...ofLabel, ...said, ...denied].filter(Boolean).join(" "),
    impression: numbered(impression.filter(Boolean)),
  };
}

/** One a line with its number; a single one stands alone. */
function numbered(sentences: readonly string[]): string {
  if (sentences.length < 2) return sentences.join("");
  return sentences
    .map((sentence, index) => `${String(index + 1)}. ${sentence}`)
    .join("\n");
}

/** What the order and the film themselves say. */
export interface StudyFacts {
  modality: string;
  viewPosition: string | null;
  requestedProcedure: string | null;
  clinicalFlags: readonly string[];
  clinicalNote: string | null;
  filmCount: number;
}

/** The earlier film that there is a signed report of. */
export interface PriorFilm {
  viewPosition: string | null;
  studyDate: Date | null;
}

/** Indication, technique and comparison as the desk knows them. */
export function studySentences(
  study: StudyFacts,
  prior: PriorFilm | null,
  language: ReportLanguage,
): Pick<ReportTexts, "indication" | "technique" | "comparison"> {
  const words = REPORT_WORDS[language];
  const flags = study.clinicalFlags.map((flag) => words.flags[flag] ?? flag);
  const indication = [
    study.requestedProcedure ?? "",
    flags.join(", "),
    study.clinicalNote ?? "",
  ];
  const technique = [
    words.modality(study.modality),
    viewOf(study.viewPosition, language),
    words.films(study.filmCount),
  ];
  return {
    indication: indication.map(asSentence).filter(Boolean).join(" "),
    technique: asSentence(technique.filter(Boolean).join(", ")),
    comparison:
      prior === null
        ? words.nothingToCompare
        : words.comparedWith(
            [words.chest, prior.viewPosition].filter(Boolean).join(" "),
            prior.studyDate === null
              ? null
              : dayInWords(prior.studyDate, language),
          ),
  };
}

function viewOf(position: string | null, language: ReportLanguage): string {
  const { view } = REPORT_WORDS[language];
  if (position === "PA" || position === "AP" || position === "LATERAL") {
    return view[position];
  }
  return position ?? "";
}
