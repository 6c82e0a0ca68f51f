import type { FieldPolicy } from "@apollo/client";
import { relayStylePagination } from "@apollo/client/utilities";

/**
 * The lists that grow by "Show more", by type. A list that is not named here
 * would keep its first page whatever is loaded after it.
 */
export const PAGED_LISTS = {
  Query: [
    "alarms",
    "auditEvents",
    "criticalResults",
    "datasets",
    "discordantCases",
    "erasures",
    "filmCorrections",
    "inbox",
    "learningWithdrawals",
    "modelVersions",
    "notificationDeliveries",
    "patientMerges",
    "patientPairs",
    "patientsByNumber",
    "policyVersions",
    "procedureSteps",
    "procedureVersions",
    "reportMacros",
    "studyCorrections",
    "thresholdProposals",
    "trainingRuns",
    "users",
    "worklist",
    "worklistViews",
  ],
  Case: ["history"],
} as const;

/** Those whose older pages stand on their own, each with a query of its own. */
export const SINGLE_PAGES = ["judgements", "log", "promotions"] as const;

/**
 * One list for each set of arguments: whatever is asked but where it goes on.
 * A page from the start replaces what was there.
 */
export function pagedList(): FieldPolicy {
  return relayStylePagination((args) =>
    Object.keys(args ?? {}).filter((name) => name !== "after"),
  );
}

/** A policy for each of these lists, as Apollo's cache takes them. */
export function pagedLists(
  fields: readonly string[],
): Record<string, FieldPolicy> {
  return Object.fromEntries(fields.map((field) => [field, pagedList()]));
}

/** Where a list goes on; null where it is whole, or is not here yet. */
export function nextCursor(
  page:
    | { pageInfo: { hasNextPage: boolean; endCursor?: string | null } }
    | null
    | undefined,
): string | null {
  return page?.pageInfo.hasNextPage ? (page.pageInfo.endCursor ?? null) : null;
}
