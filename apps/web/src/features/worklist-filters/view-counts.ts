import type { WorklistSummary } from "../worklist-summary/use-worklist-summary.ts";
import type { WorklistView } from "../worklist-query/worklist-url.ts";

/** Where the summary's counts end; what reaches it may be more. */
export const COUNT_CAP = 1_000;

/** How many cases a view holds; null for those that nobody works through. */
export function countOfView(
  view: WorklistView,
  summary: WorklistSummary,
): number | null {
  switch (view) {
    case "all":
      return summary.waiting + summary.reading;
    case "mine":
      return summary.mine;
    case "unassigned":
      return summary.unassigned;
    case "not-assessed":
      return summary.notAssessed;
    case "retakes":
      return summary.retakes;
    case "second-reads":
      return summary.secondReads;
    case "identity":
      return summary.identity;
    case "signed":
    case "everything":
      return null;
  }
}
