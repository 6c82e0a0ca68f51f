import type { Label, LabelGrade, ReadingStage } from "@lung-iris/prisma";
import { z } from "zod";
import { findFinding, LEADING_FINDING } from "../findings/finding-catalogue.ts";
import { isRegion, MARK_KINDS } from "../marks/mark-shapes.ts";
import { readingsAgree } from "../readings/agreement.rules.ts";
import { markFindingOf } from "../marks/mark-findings.ts";

/** Answers that something can be learnt from; others give no label. */
const LEARNABLE = ["NORMAL", "PNEUMONIA", "OTHER"] as const;
export type LearnableLabel = (typeof LEARNABLE)[number];

/** The label of a stored row. The rule makes no other, so any other is a bug. */
export function learnable(label: string): LearnableLabel {
  const known = LEARNABLE.find((name) => name === label);
  if (known === undefined) throw new Error(`nothing is learnt from ${label}`);
  return known;
}

/** What the rule asks of a signed reading. */
export interface SignedReading {
  readerId: string;
  stage: ReadingStage;
  /** The first opinion, and whether nothing of the AI was known then. */
  opinion: Label | null;
  opinionIsBlind: boolean | null;
  /** Newest first; never empty. */
  versions: readonly {
    id: string;
    label: Label;
    signedAt: Date;
    findings: unknown;
    marks: unknown;
  }[];
}

/** A label with its worth, and what it says finding by finding. */
export interface DecidedLabel {
  readingVersionId: string;
  label: LearnableLabel;
  grade: LabelGrade;
  present: string[];
  absent: string[];
  uncertain: string[];
  regions: Region[];
}

const regionSchema = z.object({
  imageId: z.string(),
  finding: z.string().transform(markFindingOf),
  x: z.number(),
  y: z.number(),
  width: z.number(),
  height: z.number(),
  /** Where it is no box: the kind, and the points of an outline. */
  kind: z.enum(MARK_KINDS).default("BOX"),
  points: z.array(z.number()).default([]),
});
export type Region = z.output<typeof regionSchema>;

/** What a version keeps beside regions: it shows no finding. */
const measurementSchema = z.object({
  kind: z.enum(MARK_KINDS).refine((kind) => !isRegion(kind)),
});

const findingsSchema = z.array(
  z.object({
    code: z.string(),
    presence: z.enum(["PRESENT", "ABSENT", "UNCERTAIN"]),
  }),
);

/**
 * Regions as stored with a label or a signed version; measurements, which
 * teach nothing of a finding, are left out.
 */
export function readRegions(stored: unknown): Region[] {
  const marks = z.array(z.unknown()).parse(stored);
  return z
    .array(regionSchema)
    .parse(marks.filter((mark) => !measurementSchema.safeParse(mark).success));
}

/**
 * The one rule from readings to a label: an adjudication decides; else two
 * readers who say the same (features/readings/agreement.rules.ts); else the only reader, worth more where the AI was
 * not known. Two who differ, and answers from which nothing can be learnt,
 * give none.
 */
export function labelOf(
  readings: readonly SignedReading[],
): DecidedLabel | null {
  const standing = standingOf(readings);
  const adjudication = standing.find(({ stage }) => stage === "ADJUDICATION");
  if (adjudication) return decided(adjudication, "ADJUDICATED");
  const [first, ...others] = standing;
  if (!first) return null;
  const second = others.find(({ readerId }) => readerId !== first.readerId);
  if (second) {
    const [one] = first.versions;
    const [other] = second.versions;
    return one && other && readingsAgree(one, other)
      ? decided(first, "TWO_AGREE")
      : null;
  }
  const isBlind =
    first.opinionIsBlind === true && first.opinion === answerOf(first);
  return decided(first, isBlind ? "ONE_BLIND" : "ONE_AFTER_AI");
}

/**
 * The newest first read and what was read after it: a case that was opened
 * again for a new film has older readings, of other films.
 */
function standingOf(readings: readonly SignedReading[]): SignedReading[] {
  const byTime = [...readings].sort((a, b) => signedFirst(b) - signedFirst(a));
  const primary = byTime.find(({ stage }) => stage === "PRIMARY");
  if (!primary) return [];
  const after = byTime.filter(
    (reading) =>
      reading.stage !== "PRIMARY" &&
      signedFirst(reading) >= signedFirst(primary),
  );
  return [primary, ...after];
}

function signedFirst({ versions }: SignedReading): number {
  return versions.at(-1)?.signedAt.getTime() ?? 0;
}

function answerOf({ versions }: SignedReading): Label | null {
  return versions[0]?.label ?? null;
}

function decided(
  reading: SignedReading,
  grade: LabelGrade,
): DecidedLabel | null {
  const version = reading.versions[0];
  const label = LEARNABLE.find((name) => name === version?.label);
  if (version === undefined || label === undefined) return null;
  const regions = readRegions(version.marks);
  return {
    readingVersionId: version.id,
    label,
    grade,
    ...findingsOf(label, version.findings, regions),
    regions,
  };
}

/** What was said finding by finding, in so many words, by the label or a mark. */
function findingsOf(
  label: LearnableLabel,
  stored: unknown,
  regions: readonly Region[],
): Pick<DecidedLabel, "present" | "absent" | "uncertain"> {
  const said = findingsSchema.parse(stored);
  const codesOf = (wanted: string): string[] =>
    said.flatMap(({ code, presence }) => (presence === wanted ? code : []));
  const present = known([
    ...codesOf("PRESENT"),
    ...regions.map(({ finding }) => finding),
    ...(label === "PNEUMONIA" ? [LEADING_FINDING] : []),
    // Of the leading finding the label is the last word, whatever a mark names.
  ]).filter((code) => label === "PNEUMONIA" || code !== LEADING_FINDING);
  const uncertain = known(codesOf("UNCERTAIN")).filter(
    (code) => !present.includes(code),
  );
  const absent = known([
    ...codesOf("ABSENT"),
    ...(label === "NORMAL" ? [LEADING_FINDING] : []),
  ]).filter((code) => !present.includes(code) && !uncertain.includes(code));
  return { present, absent, uncertain };
}

/** Codes of the catalogue, each once, in the order of the alphabet. */
function known(codes: readonly string[]): string[] {
  return [...new Set(codes)]
    .filter((code) => findFinding(code) !== null)
    .sort();
}
