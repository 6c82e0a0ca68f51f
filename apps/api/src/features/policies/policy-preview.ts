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

/**
 * Places open cases by a policy. Handed in, because the rules of urgency
 * stand on policies and not the other way round.
 */
export interface PolicyPlacement {
  preview(now: SitePolicy, then: SitePolicy): Promise<PolicyPreview>;
  /** Places the next open cases; whether there are more. */
  placeNext(tx: Tx, record: RecordEvent, policy: SitePolicy): Promise<boolean>;
}
