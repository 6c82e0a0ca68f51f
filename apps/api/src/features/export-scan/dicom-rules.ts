/** What an element of an exported DICOM film may hold. */
export interface ElementRule {
  vr: string;
  accepts: ((value: Buffer) => boolean) | "codes" | "pixels";
}

const text = (vr: string, pattern: RegExp): ElementRule => ({
  vr,
  // One space, or a zero behind a UID, makes the length even (PS3.5 6.2).
  accepts: (value) =>
    pattern.test(
      value.toString("latin1").replace(vr === "UI" ? /\0$/ : / $/, ""),
    ),
});
const empty = (vr: string): ElementRule => text(vr, /^$/);
const words = (least: number, most: number): ElementRule => ({
  vr: "US",
  accepts: (value) =>
    value.length === 2 &&
    value.readUInt16LE(0) >= least &&
    value.readUInt16LE(0) <= most,
});
const decimal = text("DS", /^-?\d{1,5}(?:\.\d{1,9})?$/);
/** Made of a keyed hash, under the root of such UIDs (PS3.5 B.2). */
const ownUid = text("UI", /^2\.25\.\d{30,39}$/);

/** Everything that stands in one; PS3.6 names the elements. */
export const DICOM_RULES: Readonly<Record<string, ElementRule>> = {
  "00020000": { vr: "UL", accepts: (value) => value.length === 4 },
  "00020001": {
    vr: "OB",
    accepts: (value) => value.equals(Buffer.from([0, 1])),
  },
  "00020002": text("UI", /^1\.2\.840\.10008\.5\.1\.4\.1\.1\.1$/),
  "00020003": ownUid,
  "00020010": text("UI", /^1\.2\.840\.10008\.1\.2\.1$/),
  "00020012": ownUid,
  "00080005": text("CS", /^ISO_IR 192$/),
  "00080016": text("UI", /^1\.2\.840\.10008\.5\.1\.4\.1\.1\.1$/),
  "00080018": ownUid,
  // Shifted, or empty: which, (0028,0303) says.
  "00080020": text("DA", /^(?:\d{8})?$/),
  "00080030": empty("TM"),
  "00080050": empty("SH"),
  "00080060": text("CS", /^CR$/),
  "00080070": empty("LO"),
  "00080090": empty("PN"),
  "00100010": text("PN", /^p-[0-9a-f]{16}$/),
  "00100020": text("LO", /^p-[0-9a-f]{16}$/),
  "00100030": empty("DA"),
  "00100040": text("CS", /^[MFO]?$/),
  "00101010": text("AS", /^(?:\d{3}[YM])?$/),
  "00120062": text("CS", /^YES$/),
  "00120064": { vr: "SQ", accepts: "codes" },
  "00180015": text("CS", /^CHEST$/),
  "00181164": text("DS", /^\d{1,3}(?:\.\d{1,9})?\\\d{1,3}(?:\.\d{1,9})?$/),
  "00185101": text("CS", /^(?:PA|AP|LL)?$/),
  "0020000D": ownUid,
  "0020000E": ownUid,
  "00200010": empty("SH"),
  "00200011": empty("IS"),
  "00200013": empty("IS"),
  "00200020": empty("CS"),
  "00280002": words(1, 1),
  "00280004": text("CS", /^MONOCHROME2$/),
  "00280010": words(1, 65_535),
  "00280011": words(1, 65_535),
  "00280100": words(8, 16),
  "00280101": words(1, 16),
  "00280102": words(0, 15),
  "00280103": words(0, 0),
  "00280301": text("CS", /^NO$/),
  "00280303": text("CS", /^(?:REMOVED|MODIFIED)$/),
  "00281050": decimal,
  "00281051": decimal,
  "7FE00010": { vr: "OW", accepts: "pixels" },
};

/** Codes of CID 7050 that an export can say, as their elements stand. */
export const METHOD_CODES: ReadonlySet<string> = new Set(
  [
    ["113100", "Basic Application Confidentiality Profile"],
    ["113101", "Clean Pixel Data Option"],
    [
      "113107",
      "Retain Longitudinal Temporal Information Modified Dates Option",
    ],
    ["113108", "Retain Patient Characteristics Option"],
  ].map(
    ([code, meaning]) =>
      `00080100 SH ${code}|00080102 SH DCM|00080104 LO ${meaning}`,
  ),
);
