/** The patient's own names: PatientName, OtherPatientNames, PatientBirthName. */
const PATIENTS_NAMES: readonly number[] = [0x00100010, 0x00101001, 0x00101005];

/** Attributes that name, identify or reach somebody who is not the patient. */
const OTHER_PEOPLE =
  /Physician|Operator|Person|Performer|Observer|MotherBirthName|Consult|OrderEnter|OrderCallback/u;

/**
 * Whether an element is about somebody else: a name by its type, as the file
 * or the standard has it, or an attribute of people. A value of no known type
 * says nothing, so it may be shown as so many bytes only.
 */
export function namesSomebodyElse(element: {
  tag: number;
  vr: string | null;
  entry: { vr: string; keyword: string } | undefined;
}): boolean {
  const { tag, vr, entry } = element;
  if (PATIENTS_NAMES.includes(tag)) return false;
  return (
    vr === "PN" ||
    entry?.vr === "PN" ||
    (entry !== undefined && OTHER_PEOPLE.test(entry.keyword))
  );
}
