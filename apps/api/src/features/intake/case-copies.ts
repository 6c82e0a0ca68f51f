import type { Patient, Study } from "@lung-iris/prisma";

/** What the worklist's search looks into: lower case, in this order. */
function caseSearchText(copies: {
  patientName: string;
  mrn: string;
  accessionNumber: string | null;
}): string {
  const { patientName, mrn, accessionNumber } = copies;
  return [patientName, mrn, accessionNumber ?? ""]
    .join(" ")
    .trim()
    .toLowerCase();
}

/** The worklist's copies of patient and study. */
export function caseCopies(patient: Patient, study: Study) {
  const copies = {
    patientName: patient.name,
    mrn: patient.mrn,
    accessionNumber: study.accessionNumber,
  };
  return {
    ...copies,
    patientId: patient.id,
    searchText: caseSearchText(copies),
  };
}
