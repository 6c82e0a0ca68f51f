/** A finding that the desk has words and a code for. */
export interface CatalogueFinding {
  /** Code in the database, in models' manifests, marks and exports. */
  code: string;
  /** The concept of a public terminology that it stands for. */
  concept: {
    system: "SNOMED CT" | "RadLex";
    code: string;
    /** Its name there. */
    display: string;
  };
  /** What people read. */
  names: { en: string; vi: string };
}

const snomed = (code: string, display: string) => ({
  system: "SNOMED CT" as const,
  code,
  display,
});

/**
 * Every finding, the leading one first: the one that places cases, that the
 * worklist sorts by and that a label answers. The others are those of
 * ChestX-ray14 (Wang 2017), nodule and mass as one: they differ by size
 * alone. Concepts of SNOMED CT's international edition; pleural thickening
 * takes RadLex's "thickening".
 */
export const FINDINGS = [
  {
    code: "pneumonia",
    concept: snomed("233604007", "Pneumonia (disorder)"),
    names: { en: "Pneumonia", vi: "Viêm phổi" },
  },
  {
    code: "atelectasis",
    concept: snomed("46621007", "Atelectasis (disorder)"),
    names: { en: "Atelectasis", vi: "Xẹp phổi" },
  },
  {
    code: "cardiomegaly",
    concept: snomed("8186001", "Cardiomegaly (disorder)"),
    names: { en: "Cardiomegaly", vi: "Tim to" },
  },
  {
    code: "consolidation",
    concept: snomed("95436008", "Lung consolidation (disorder)"),
    names: { en: "Consolidation", vi: "Đông đặc phổi" },
  },
  {
    code: "edema",
    concept: snomed("19242006", "Pulmonary edema (disorder)"),
    names: { en: "Pulmonary oedema", vi: "Phù phổi" },
  },
  {
    code: "effusion",
    concept: snomed("60046008", "Pleural effusion (disorder)"),
    names: { en: "Pleural effusion", vi: "Tràn dịch màng phổi" },
  },
  {
    code: "emphysema",
    concept: snomed("87433001", "Pulmonary emphysema (disorder)"),
    names: { en: "Emphysema", vi: "Khí phế thũng" },
  },
  {
    code: "fibrosis",
    concept: snomed("51615001", "Fibrosis of lung (disorder)"),
    names: { en: "Pulmonary fibrosis", vi: "Xơ phổi" },
  },
  {
    code: "hernia",
    concept: snomed("84089009", "Hiatal hernia (disorder)"),
    names: { en: "Hiatal hernia", vi: "Thoát vị hoành" },
  },
  {
    code: "infiltration",
    concept: snomed("409609008", "Radiologic infiltrate of lung (finding)"),
    names: { en: "Infiltrate", vi: "Thâm nhiễm phổi" },
  },
  {
    code: "nodule-mass",
    concept: snomed("309529002", "Lung mass (finding)"),
    names: { en: "Nodule or mass", vi: "Nốt hoặc khối ở phổi" },
  },
  {
    code: "pleural-thickening",
    concept: { system: "RadLex", code: "RID28509", display: "thickening" },
    names: { en: "Pleural thickening", vi: "Dày màng phổi" },
  },
  {
    code: "pneumothorax",
    concept: snomed("36118008", "Pneumothorax (disorder)"),
    names: { en: "Pneumothorax", vi: "Tràn khí màng phổi" },
  },
] as const satisfies readonly CatalogueFinding[];

export type FindingCode = (typeof FINDINGS)[number]["code"];

/** The finding that places cases and that a reader's label answers. */
export const LEADING_FINDING: FindingCode = FINDINGS[0].code;

/** What a reader finds beside it; no model answers these. */
const READERS_OWN = [
  {
    code: "lines-and-tubes",
    concept: snomed("19923001", "Catheter (physical object)"),
    names: { en: "Lines and tubes", vi: "Ống thông và dây dẫn" },
  },
  {
    code: "fracture",
    concept: snomed("125605004", "Fracture of bone (disorder)"),
    names: { en: "Fracture", vi: "Gãy xương" },
  },
  {
    code: "other",
    concept: snomed("118247008", "Radiologic finding (finding)"),
    names: { en: "Other finding", vi: "Dấu hiệu khác" },
  },
] as const satisfies readonly CatalogueFinding[];

/** Everything that a reading can name. */
export const READING_FINDINGS = [...FINDINGS, ...READERS_OWN] as const;

/** In the middle of the chest: no side, no zone. */
const CENTRAL: ReadonlySet<string> = new Set(["cardiomegaly", "hernia"]);
/** Found along a side, not in a zone of the lung. */
const WITHOUT_ZONES: ReadonlySet<string> = new Set([
  ...CENTRAL,
  "effusion",
  "lines-and-tubes",
]);

/** Whether it makes sense to say on which side. */
export function hasSides(code: string): boolean {
  return !CENTRAL.has(code);
}

/** Whether it makes sense to say in which zone of the lung. */
export function hasZones(code: string): boolean {
  return !WITHOUT_ZONES.has(code);
}

const byCode = new Map<string, CatalogueFinding>(
  FINDINGS.map((finding) => [finding.code, finding]),
);

/** The entry of a code that models answer; null where there is none. */
export function findFinding(code: string): CatalogueFinding | null {
  return byCode.get(code) ?? null;
}
