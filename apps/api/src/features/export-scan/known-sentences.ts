/**
 * What `contents.json` says in words, letter by letter: the scan knows it by
 * heart, so that nothing else can be said there.
 */
export const SENTENCES = [
  "keyed hashes (HMAC-SHA-256) of internal ids; the key stays with the site",
  "years and day offsets only; no year for ages of 90 and more",
  "whole years, tenths below 2, at most 90",
  "no names, record numbers, accession numbers or free text",
  "decoded and written anew without metadata; films with letters in the picture, found or said by the header, and secondary captures are left out",
  "decoded and written anew without metadata; letters found in the picture are blanked; films whose header says that letters are burnt in, and secondary captures, are left out",
  "manifest.csv: one line a film, as npm run evaluate and npm run train read it; split is the patient's for ever, and films of the split test are never learnt from",
  "manifest.csv: readers' marks of pneumonia in pixels; coco.json: source is reader for a radiologist's mark, ai for the model's",
] as const;

export const DICOM_SENTENCES = [
  "dicom/: PS3.15 Annex E, Basic Application Confidentiality Profile (DCM 113100) with Retain Patient Characteristics Option (DCM 113108; sex and age); dates removed",
  "dicom/: PS3.15 Annex E, Basic Application Confidentiality Profile (DCM 113100) with Retain Patient Characteristics Option (DCM 113108; sex and age) and Retain Longitudinal Temporal Information Modified Dates Option (DCM 113107); dates shifted by a number of days of the patient's own",
] as const;
