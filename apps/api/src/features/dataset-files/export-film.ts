import { orientedSize, orientRect } from "@lung-iris/inference";
import type { CaseLabel, DatasetSplit, Image, Prisma } from "@lung-iris/prisma";
import { orientationOf } from "../films/film-orientation.ts";
import { FINDINGS, LEADING_FINDING } from "../findings/finding-catalogue.ts";
import { learnable, readRegions, type Region } from "../labels/label.rules.ts";
import { orientShape, outlineOf } from "../marks/mark-shapes.ts";
import {
  judgeFindings,
  type JudgedFinding,
} from "../predictions/judged-findings.ts";
import type { ThresholdPolicy } from "../policies/threshold.rules.ts";
import type { ExportBox, ExportImage } from "./coco.ts";
import { decisionCells, personCells, predictionCells } from "./export-cells.ts";
import type { LabelRow } from "./labels-csv.ts";
import type { ManifestFilm } from "./manifest-csv.ts";
import type { Split } from "./patient-split.ts";
import type { Pseudonyms } from "./pseudonyms.ts";

/** What is read of each member; one query a page of them. */
export const MEMBER_INCLUDE = {
  label: { include: { readingVersion: { include: { reading: true } } } },
  case: {
    include: {
      study: { include: { patient: true } },
      shown: { select: { id: true, modelVersionId: true } },
    },
  },
  image: {
    include: {
      predictions: {
        where: { role: "LIVE" },
        orderBy: [{ createdAt: "desc" }, { id: "desc" }],
        include: {
          findings: { orderBy: { code: "asc" } },
          modelVersion: { omit: { manifest: true } },
        },
      },
    },
  },
} satisfies Prisma.DatasetMemberInclude;

export type Member = Prisma.DatasetMemberGetPayload<{
  include: typeof MEMBER_INCLUDE;
}>;
type MemberPrediction = Member["image"]["predictions"][number];

/** One film, ready to be written; no name, number or date in it. */
export interface ExportFilm {
  fileName: string;
  label: LabelRow;
  manifest: ManifestFilm;
  coco: ExportImage;
}

/**
 * Why a film is no part of a de-identified dataset, or is one only without its
 * letters: a name may be among them. The function `dataset_choices` of the
 * database counts by the same.
 */
export function lettersIn(
  film: Pick<Image, "warnings">,
): "said" | "found" | null {
  if (BURNT_IN.some((warning) => film.warnings.includes(warning)))
    return "said";
  return film.warnings.includes(TEXT_FOUND) ? "found" : null;
}

/**
 * The warnings of films that are always left out: the header says that letters
 * are burnt in, wherever they are, or the film is a screen's copy that a
 * person took as a chest film, which seldom comes without a name.
 */
const BURNT_IN = ["burned-in-annotation", "modality-overruled"];

/** Letters were found in the picture: it can be left out, or blanked. */
export const TEXT_FOUND = "text-in-picture";

/**
 * A member of a dataset with its label as it was chosen, by the thresholds of
 * the policy that placed the case.
 */
export function exportFilm(
  member: Member,
  names: Pseudonyms,
  policy: ThresholdPolicy,
): ExportFilm {
  const { image, label } = member;
  const { readingVersion: version } = label;
  const { study } = member.case;
  const fileName = `images/${names.image(image.id)}.png`;
  const prediction = standingPrediction(member);
  const judged = judgedFindings(prediction, policy);
  const regions = readRegions(label.regions);
  const orientation = orientationOf(image);
  const reader = names.reader(version.readerId);
  const drawn = readerBoxes(regions, image, reader);
  const common = {
    case: names.case(member.caseId),
    patient: names.patient(study.patient.id),
    label: learnable(label.label),
    split: member.split.toLowerCase(),
    ...orientedSize(image, orientation),
  };
  const view = image.viewPosition ?? study.viewPosition;
  const person = personCells(study, study.patient, version, view);
  return {
    fileName,
    label: {
      ...common,
      image: fileName,
      grade: label.grade,
      findings_present: label.present.join("|"),
      findings_absent: label.absent.join("|"),
      findings_uncertain: label.uncertain.join("|"),
      ...decisionCells(version),
      decided_by: reader,
      ...predictionCells(prediction, judged),
      ...person,
      source_bits: image.bitsStored,
      source_format: image.format,
    },
    manifest: {
      ...common,
      file: fileName,
      split: splitOf(member.split),
      grade: label.grade,
      source: names.site(),
      ageYears: person.age_years,
      sex: study.patient.sex,
      view: person.view,
      findings: label.present,
      doubtful: unsaid(label),
      boxes: drawn.filter(({ finding }) => finding === LEADING_FINDING),
    },
    coco: {
      ...common,
      fileName,
      grade: label.grade,
      boxes: [
        ...drawn,
        ...aiBoxes(judged, image, prediction?.modelVersion.sha256 ?? null),
      ],
    },
  };
}

function splitOf(split: DatasetSplit): Split {
  return ({ TRAIN: "train", VAL: "val", TEST: "test" } as const)[split];
}

/** Findings of which the readers said nothing, or were not sure. */
function unsaid({ present, absent }: CaseLabel): string[] {
  return FINDINGS.map(({ code }) => code as string).filter(
    (code) => !present.includes(code) && !absent.includes(code),
  );
}

/**
 * What stood of the film when it was signed: the prediction that the case
 * shows, or beside it the last word of the same model.
 */
function standingPrediction({
  image,
  label,
  ...member
}: Member): MemberPrediction | null {
  const { shown } = member.case;
  const { signedAt } = label.readingVersion;
  const own = image.predictions.find(({ id }) => id === shown?.id);
  const beside = image.predictions.find(
    ({ createdAt, modelVersionId }) =>
      createdAt <= signedAt &&
      (shown === null || modelVersionId === shown.modelVersionId),
  );
  return own ?? beside ?? null;
}

function judgedFindings(
  prediction: MemberPrediction | null,
  policy: ThresholdPolicy,
): JudgedFinding[] {
  if (prediction === null) return [];
  const { findings, modelVersion } = prediction;
  return judgeFindings(findings, modelVersion, policy);
}

/** Regions on the film as it lies, which is how it is exported. */
function readerBoxes(
  regions: readonly Region[],
  image: Image,
  reader: string,
): ExportBox[] {
  const orientation = orientationOf(image);
  return regions
    .filter((region) => region.imageId === image.id)
    .map((region) => orientShape(region, image, orientation))
    .map((region) => ({
      finding: region.finding,
      x: region.x,
      y: region.y,
      width: region.width,
      height: region.height,
      outline: outlineOf(region),
      source: "reader",
      score: null,
      reader,
      model: null,
    }));
}

function aiBoxes(
  findings: readonly JudgedFinding[],
  image: Image,
  model: string | null,
): ExportBox[] {
  const orientation = orientationOf(image);
  return findings.flatMap(({ boxes }) =>
    boxes.map((box) => ({
      ...orientRect(box, image, orientation),
      outline: null,
      source: "ai" as const,
      reader: null,
      model,
    })),
  );
}
