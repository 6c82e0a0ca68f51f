import { GATE_REASONS } from "@lung-iris/inference";
import { ImageFormat, LabelGrade, Sex } from "@lung-iris/prisma";
import { FINDINGS, READING_FINDINGS } from "../findings/finding-catalogue.ts";
import {
  CHANGE_REASONS,
  DECISIONS,
  LABELS,
  OVERRIDE_REASONS,
} from "../readings/reading.rules.ts";
import type { CellRule, TableRules } from "./csv-check.ts";

/**
 * Models that looked at films of the export: the only names it may hold. Two
 * may have the same weights, as where one is the other recalibrated.
 */
export type ExportModels = readonly { name: string; sha256: string }[];

export const oneOf = (values: readonly string[]): CellRule => {
  const all = new Set(values);
  return (cell) => all.has(cell);
};
export const fits =
  (pattern: RegExp): CellRule =>
  (cell) =>
    pattern.test(cell);
const orEmpty =
  (rule: CellRule): CellRule =>
  (cell) =>
    cell === "" || rule(cell);
const listOf =
  (rule: CellRule): CellRule =>
  (cell) =>
    cell === "" || cell.split("|").every(rule);
const between =
  (least: number, most: number, pattern: RegExp): CellRule =>
  (cell) =>
    pattern.test(cell) && Number(cell) >= least && Number(cell) <= most;

const WHOLE = /^-?\d{1,5}$/;
const BOOLEAN = oneOf(["true", "false"]);
/** All that a reading can name: boxes are drawn of any of them. */
export const DRAWN_CODES = READING_FINDINGS.map(({ code }) => code as string);
export const FINDING_CODES = FINDINGS.map(({ code }) => code as string);
export const VIEWS = ["PA", "AP", "LATERAL", "OTHER"] as const;
const MODALITIES = ["CR", "DX", "RG", "RF", "OTHER"];
export const SPLITS = ["train", "val", "test"] as const;
export const LEARNT = ["NORMAL", "PNEUMONIA", "OTHER"] as const;
const SIDE = between(1, 65_535, WHOLE);
export const PICTURE = /^images\/i-[0-9a-f]{16}\.png$/;
export const stands = (letter: string): RegExp =>
  new RegExp(`^${letter}-[0-9a-f]{16}$`);

/** `labels.csv`, column by column. */
export function labelRules(models: ExportModels): TableRules {
  return [
    ["case", fits(stands("c"))],
    ["patient", fits(stands("p"))],
    ["image", fits(PICTURE)],
    ["label", oneOf(LEARNT)],
    ["grade", oneOf(Object.keys(LabelGrade))],
    ["findings_present", listOf(oneOf(FINDING_CODES))],
    ["findings_absent", listOf(oneOf(FINDING_CODES))],
    ["findings_uncertain", listOf(oneOf(FINDING_CODES))],
    ["split", oneOf(SPLITS)],
    ["decided_by", fits(stands("r"))],
    ["decision", oneOf(DECISIONS)],
    ["agrees_with_ai", orEmpty(BOOLEAN)],
    ["override_reason", orEmpty(oneOf(OVERRIDE_REASONS))],
    ["blind_label", orEmpty(oneOf(LABELS))],
    ["blind_agrees_with_final", orEmpty(BOOLEAN)],
    ["change_reason", orEmpty(oneOf(CHANGE_REASONS))],
    ["review_version", between(1, 9_999, WHOLE)],
    ["ai_assessed", BOOLEAN],
    ["ai_not_assessed_reason", orEmpty(oneOf(GATE_REASONS))],
    [
      "ai_probability",
      orEmpty(between(0, 1, /^[01](?:\.\d+)?(?:e-\d+)?$|^\d(?:\.\d+)?e-\d+$/)),
    ],
    [
      "ai_threshold",
      orEmpty(between(0, 1, /^[01](?:\.\d+)?$|^\d(?:\.\d+)?e-\d+$/)),
    ],
    ["model_name", orEmpty(oneOf(models.map(({ name }) => name)))],
    ["model_sha256", orEmpty(oneOf(models.map(({ sha256 }) => sha256)))],
    ["age_years", orEmpty(between(0, 90, /^\d{1,2}(?:\.\d)?$/))],
    ["sex", oneOf(Object.keys(Sex))],
    ["view", orEmpty(oneOf(VIEWS))],
    ["modality", oneOf(MODALITIES)],
    ["study_year", orEmpty(between(1895, 2200, /^\d{4}$/))],
    ["signed_day_offset", orEmpty(fits(WHOLE))],
    ["width", SIDE],
    ["height", SIDE],
    ["source_bits", between(1, 16, WHOLE)],
    ["source_format", oneOf(Object.keys(ImageFormat))],
  ];
}

/** `manifest.csv`, column by column. */
export const MANIFEST_RULES: TableRules = [
  ["split", oneOf(SPLITS)],
  ["file", fits(PICTURE)],
  ["label", oneOf(LEARNT.map((label) => label.toLowerCase()))],
  ["may_train", oneOf(["yes", "no"])],
  ["grade", oneOf(Object.keys(LabelGrade).map((grade) => grade.toLowerCase()))],
  ["label_source", oneOf(["radiologist"])],
  ["source", fits(stands("s"))],
  ["patient_id", fits(stands("p"))],
  ["age", orEmpty(between(0, 90, /^\d{1,2}(?:\.\d)?$/))],
  ["sex", oneOf(["F", "M", "O", ""])],
  ["view", orEmpty(oneOf(VIEWS))],
  ["findings", listOf(oneOf(FINDING_CODES))],
  ["doubtful", listOf(oneOf(FINDING_CODES))],
  ["boxes", orEmpty(isBoxes)],
  ["width", SIDE],
  ["height", SIDE],
];

const BOX = /^\{"x":N,"y":N,"width":N,"height":N\}$/;
/** Pixels of a film, with as many digits as a mark drawn in a browser has. */
const NUMBER = /-?\d{1,5}(?:\.\d{1,20})?(?:e-\d{1,2})?/g;

function isBoxes(cell: string): boolean {
  if (!cell.startsWith("[") || !cell.endsWith("]")) return false;
  return cell
    .slice(1, -1)
    .split(/(?<=\}),/)
    .every((box) => BOX.test(box.replaceAll(NUMBER, "N")));
}
