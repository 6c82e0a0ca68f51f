/**
 * The catalogue of findings: what a film may show, each with one code here and
 * one in a terminology that other systems know. A model's manifest says which
 * of them it gives; nothing else names a finding.
 */

/** A concept of a terminology. */
export interface Concept {
  system: "SNOMED CT" | "RadLex";
  code: string;
  display: string;
}

/** One entry of the catalogue. */
export interface CatalogueEntry {
  /** The product's word: in the database, in GraphQL, in files. */
  code: string;
  concept: Concept;
  names: { en: string; vi: string };
  /** What labels of ChestX-ray14 (Wang et al., CVPR 2017) call it. */
  nihNames: readonly string[];
}

function finding(
  code: string,
  concept: [code: string, display: string],
  names: CatalogueEntry["names"],
  nihNames: readonly string[],
): CatalogueEntry {
  const [snomed, display] = concept;
  return {
    code,
    concept: { system: "SNOMED CT", code: snomed, display },
    names,
    nihNames,
  };
}

/** Pneumonia, the finding that every model of this product gives. */
export const PNEUMONIA: CatalogueEntry = finding(
  "pneumonia",
  ["233604007", "Pneumonia (disorder)"],
  { en: "Pneumonia", vi: "Viêm phổi" },
  ["Pneumonia"],
);

/**
 * The findings beside pneumonia, in the order of the net's heads: append only.
 * Nodule and mass are one (they differ by size alone). "Infiltration" is left
 * out: a third of the films that radiologists called normal carry it. Hernia
 * is too rare to be learnt.
 */
export const OTHER_FINDINGS: readonly CatalogueEntry[] = [
  finding(
    "atelectasis",
    ["46621007", "Atelectasis (disorder)"],
    { en: "Atelectasis", vi: "Xẹp phổi" },
    ["Atelectasis"],
  ),
  finding(
    "cardiomegaly",
    ["8186001", "Cardiomegaly (disorder)"],
    { en: "Cardiomegaly", vi: "Tim to" },
    ["Cardiomegaly"],
  ),
  finding(
    "effusion",
    ["60046008", "Pleural effusion (disorder)"],
    { en: "Pleural effusion", vi: "Tràn dịch màng phổi" },
    ["Effusion"],
  ),
  finding(
    "consolidation",
    ["95436008", "Lung consolidation (disorder)"],
    { en: "Consolidation", vi: "Đông đặc phổi" },
    ["Consolidation"],
  ),
  finding(
    "edema",
    ["19242006", "Pulmonary edema (disorder)"],
    { en: "Pulmonary oedema", vi: "Phù phổi" },
    ["Edema"],
  ),
  finding(
    "nodule-mass",
    ["309529002", "Lung mass (finding)"],
    { en: "Nodule or mass", vi: "Nốt hoặc khối ở phổi" },
    ["Nodule", "Mass"],
  ),
  finding(
    "pneumothorax",
    ["36118008", "Pneumothorax (disorder)"],
    { en: "Pneumothorax", vi: "Tràn khí màng phổi" },
    ["Pneumothorax"],
  ),
  finding(
    "emphysema",
    ["87433001", "Pulmonary emphysema (disorder)"],
    { en: "Emphysema", vi: "Khí phế thũng" },
    ["Emphysema"],
  ),
  finding(
    "fibrosis",
    ["51615001", "Fibrosis of lung (disorder)"],
    { en: "Fibrosis", vi: "Xơ phổi" },
    ["Fibrosis"],
  ),
  finding(
    "pleural-thickening",
    ["88075009", "Disorder of pleura (disorder)"],
    { en: "Pleural thickening", vi: "Dày màng phổi" },
    ["Pleural_Thickening"],
  ),
];

/** Every finding, pneumonia first. */
export const FINDINGS: readonly CatalogueEntry[] = [
  PNEUMONIA,
  ...OTHER_FINDINGS,
];

/** The entry with this code, or that ChestX-ray14 calls so; undefined for none. */
export function findingCalled(name: string): CatalogueEntry | undefined {
  return FINDINGS.find(
    ({ code, nihNames }) => code === name || nihNames.includes(name),
  );
}
