import type { PolicyDocument } from "../policies/policy-document.ts";
import type { SitePolicy } from "../policies/site-policies.ts";
import type { ProposalRow } from "./threshold-proposal.store.ts";
import { withThreshold } from "./threshold.rules.ts";

/** What of a site a proposal is held against. */
export interface StandsNow {
  policyVersion: number;
  /** Null: no model is live. */
  liveModelId: string | null;
}

/** Whether a proposal can no longer be approved, though it is open. */
export function isStale(
  { state, baseVersion, modelVersionId }: ProposalRow,
  { policyVersion, liveModelId }: StandsNow,
): boolean {
  if (state !== "OPEN") return false;
  if (baseVersion !== policyVersion) return true;
  return modelVersionId !== null && modelVersionId !== liveModelId;
}

/** The document that an approved proposal makes. */
export function approvedDocument(
  { kind, ageGroup, threshold, modelVersion }: ProposalRow,
  { document }: SitePolicy,
): PolicyDocument {
  if (kind === "SINGLE_APPROVAL")
    return { ...document, thresholdDesk: { approval: "one" } };
  if (ageGroup === null || modelVersion === null)
    throw new Error("a threshold without its group and model");
  const choice = { ageGroup, threshold };
  return withThreshold(document, modelVersion.fingerprint, choice);
}

/** What every event of a proposal says of it. */
export function proposalDetails(row: ProposalRow) {
  const { kind, ageGroup, baseVersion, modelVersion } = row;
  return {
    kind,
    model: modelVersion?.fingerprint ?? null,
    ageGroup,
    baseVersion,
  };
}

/** Before and after of the threshold; nothing where the kind has none. */
export function changeOf(
  { kind, threshold }: ProposalRow,
  held: number | null,
) {
  return kind === "THRESHOLD"
    ? { before: { threshold: held }, after: { threshold } }
    : {};
}
