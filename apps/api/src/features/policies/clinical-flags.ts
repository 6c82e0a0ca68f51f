/**
 * What the sender of a film may say of the patient's state. `acute`: danger
 * to life as such; `raises`: makes a pneumonia likelier or worse.
 */
export const CLINICAL_FLAGS = {
  emergency: "acute",
  "low-spo2": "acute",
  sepsis: "acute",
  "intensive-care": "acute",
  fever: "raises",
  cough: "raises",
  dyspnoea: "raises",
  tachypnoea: "raises",
  immunosuppressed: "raises",
} as const;

export type ClinicalFlag = keyof typeof CLINICAL_FLAGS;

/** Whether the text is a flag of the catalogue. */
export function isClinicalFlag(text: string): text is ClinicalFlag {
  return Object.hasOwn(CLINICAL_FLAGS, text);
}
