import type { Case, DatabaseClient } from "@lung-iris/prisma";
import { newestVersion } from "../cases/case.reads.ts";
import { readingsAgree, type Comparable } from "../readings/agreement.rules.ts";
import { needsSenior } from "../blindness/needs-senior.ts";

/** Whether a senior has signed the same as the junior; by whom, and when. */
export interface Authorisation {
  /** Null as long as none has. */
  by: { readerId: string; signedAt: Date } | null;
}

type OfCase = Pick<Case, "id" | "state" | "secondRead" | "secondReadReasons">;

/**
 * Where the report of a junior stands, of the version that is asked about: a
 * senior who says what it says has authorised it, as the second reader or as
 * the third one. Null of a case that needs no senior.
 */
export async function authorisationOf(
  client: DatabaseClient,
  row: OfCase,
  version: Comparable,
): Promise<Authorisation | null> {
  if (row.state !== "SIGNED" || !needsSenior(row)) return null;
  for (const stage of stagesOf(row)) {
    const further = await newestVersion(client, row.id, stage);
    if (further !== null && readingsAgree(version, further)) {
      const { readerId, signedAt } = further;
      return { by: { readerId, signedAt } };
    }
  }
  return { by: null };
}

/**
 * Readings by which it can be authorised. One that is due or runs says nothing
 * yet, and the ones of before belong to what was signed then.
 */
function stagesOf({ secondRead }: OfCase): ("ADJUDICATION" | "SECOND")[] {
  if (secondRead === "AGREED") return ["SECOND"];
  return secondRead === "ADJUDICATED" ? ["ADJUDICATION", "SECOND"] : [];
}
