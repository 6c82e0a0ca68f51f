import { InMemoryCache } from "@apollo/client";
import type { CaseToReadQuery } from "../../gql/graphql.ts";
import { callAsViewer } from "../../lib/session.ts";
import { CASE } from "./case-queries.ts";

/** With the type names by which the browser's memory keeps what it gets. */
const NAMED_CASE: typeof CASE = new InMemoryCache().transformDocument(CASE);

/**
 * The case of a page that is loaded by its address or anew, asked for while the
 * page is drawn, so that it is there when the page's code is. What is refused,
 * or does not come, is null: the page asks itself then, and says why.
 */
export async function readCaseOfPage(
  caseId: string,
): Promise<CaseToReadQuery | null> {
  return callAsViewer(NAMED_CASE, { id: caseId }).catch(() => null);
}
