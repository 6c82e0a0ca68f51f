import type { Case, Tx } from "@lung-iris/prisma";
import type { RecordEvent } from "../../audit/audit-log.ts";
import type { UrgencyName } from "./policy-document.ts";
import type { SitePolicy } from "./site-policies.ts";

/** A case that another policy would place elsewhere. */
export interface PolicyMove {
  case: Case;
  before: UrgencyName;
  after: UrgencyName;
}

/** How many cases would go from one class to another. */
export interface PolicyStep {
  before: UrgencyName;
  after: UrgencyName;
  cases: number;
}

/** What a policy would do to the open cases of its site. */
export interface PolicyPreview {
  openCases: number;
  isCapped: boolean;
  moves: number;
  overdueBefore: number;
  overdueAfter: number;
  /** Every step that a case would make, from the sickest class on. */
  steps: PolicyStep[];
  sample: PolicyMove[];
}

/** What a rule of assignment would have given away of the waiting cases. */
export interface RuleCount {
  name: string;
  cases: number;
  /** Whether whom it gives to can take cases now. */
  canTake: boolean;
}

/** Tries rules of assignment out; handed in, as rules stand on policies. */
export type PreviewRules = (then: SitePolicy) => Promise<RuleCount[]>;

/**
 * Places open cases by a policy. Handed in, because the rules of urgency
 * stand on policies and not the other way round.
 */
export interface PolicyPlacement {
  preview(now: SitePolicy, then: SitePolicy): Promise<PolicyPreview>;
  /** Places the next open cases; whether there are more. */
  placeNext(tx: Tx, record: RecordEvent, policy: SitePolicy): Promise<boolean>;
}
