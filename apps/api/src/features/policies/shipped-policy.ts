import { CLINICAL_FLAGS, type ClinicalFlag } from "./clinical-flags.ts";
import {
  NO_SECOND_READS,
  SHIPPED_ASSIGNMENT,
  SHIPPED_CRITICAL,
  SHIPPED_REPORTS,
  SHIPPED_THRESHOLD_DESK,
} from "./policy-document.ts";
import type { PolicyDocument } from "./policy-document.ts";

/**
 * What the product ships with: version 1 of every site, written by the
 * database as the site is made (function first_policy; a test compares).
 */
export const SHIPPED_POLICY: PolicyDocument = {
  urgency: {
    // Nine in ten such films have a pneumonia: calibrated, so a plain number.
    strongProbability: 0.9,
    strong: "URGENT",
    positive: "SOON",
    negative: "ROUTINE",
    negativeAtMost: "URGENT",
    notAssessed: "URGENT",
    pending: "SOON",
    followUp: "SOON",
    waited: "URGENT",
    // Most deaths of children from pneumonia fall in the first year (WHO).
    infantBelowYears: 1,
    // CRB-65 (Lim 2003) counts an age of 65 or more as a risk of its own.
    oldFromYears: 65,
    // A film within six weeks of a signed pneumonia is a follow-up.
    followUpDays: 42,
    flags: (Object.keys(CLINICAL_FLAGS) as ClinicalFlag[]) // a const's keys
      .map((flag) => ({ flag, effect: CLINICAL_FLAGS[flag] })),
  },
  ceilings: { critical: 120, urgent: 120, soon: 120, routine: 120 },
  thresholds: [],
  reading: { mode: "blind", controlShare: 0, leaseMinutes: 15 },
  secondReads: NO_SECOND_READS,
  critical: SHIPPED_CRITICAL,
  reports: SHIPPED_REPORTS,
  assignment: SHIPPED_ASSIGNMENT,
  thresholdDesk: SHIPPED_THRESHOLD_DESK,
};
