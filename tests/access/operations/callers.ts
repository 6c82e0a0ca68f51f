import type { Role } from "@lung-iris/prisma";

/** Roles that may; `everybody` includes those who are not signed in. */
export type Allowed = readonly Role[] | "signed-in" | "everybody";

export interface Operation {
  document: string;
  allowed: Allowed;
}

export const READERS: readonly Role[] = ["RADIOLOGIST"];
export const CLINIC: readonly Role[] = ["STAFF", "RADIOLOGIST"];
export const WARD: readonly Role[] = ["STAFF", "RADIOLOGIST", "ADMIN"];
export const DESK: readonly Role[] = ["STAFF", "ADMIN"];
export const ADMINS: readonly Role[] = ["ADMIN"];
export const TRAIL: readonly Role[] = ["ADMIN", "AUDITOR"];

/** A whole policy, as it stands in a document. */
export const A_POLICY = `{ urgency: { strongProbability: 0.9, strong: URGENT, positive: SOON, negative: ROUTINE, negativeAtMost: URGENT, notAssessed: URGENT, pending: SOON, followUp: SOON, waited: URGENT, infantBelowYears: 1, oldFromYears: 65, followUpDays: 42, flags: [] }, ceilings: { critical: 30, urgent: 60, soon: 120, routine: 240 }, thresholds: [], reading: { mode: BLIND, controlShare: 0, leaseMinutes: 15 }, secondReads: { randomShare: 0, onAiDisagreement: false, findings: [], readers: [], juniors: false, blindToAi: true }, critical: { findings: ["pneumothorax"], minutes: 60 }, reports: { preliminary: true }, thresholdDesk: { approval: ONE }, assignment: { fallbackMinutes: 30, rules: [] } }`;

/** A threshold of a site and a model that are not there. */
export const A_THRESHOLD = `{ siteId: "00000000-0000-7000-8000-000000000000", ageGroup: "adult", threshold: 0.4, model: "x", baseVersion: 1, reason: "x" }`;

/** Who writes the texts that reports are written of. */
export const WRITERS: readonly Role[] = ["RADIOLOGIST", "ADMIN"];

export const ID = '"00000000-0000-7000-8000-000000000000"';

export const A_PROCEDURE = `{ name: { en: "x", vi: "x" }, trigger: { moment: READING, findings: [], flags: [], modalities: [] }, steps: [{ name: { en: "x", vi: "x" }, role: STAFF, minutes: 1, evidence: { kind: TICK, options: [] } }] }`;

export const A_MACRO = `{ siteId: ${ID}, name: "x", texts: [{ language: EN, section: FINDINGS, text: "x" }] }`;

export const A_VIEW = `{ name: "x", settings: { base: ALL, states: [], urgencies: [], labels: [], columns: [], rows: COMPACT } }`;
