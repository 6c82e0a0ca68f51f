import { createHmac } from "node:crypto";
import type { Tx } from "@lung-iris/prisma";
import type { CaseEntry } from "../case-machine/case.transition.ts";
import type { SitePolicies } from "./site-policies.ts";

/** How a case of a study enters the worklist of a site. */
export type EnterCase = (
  tx: Tx,
  of: { siteId: string; studyId: string },
) => Promise<CaseEntry>;

/** New cases by the site's policy in force. `secret`: of the data folder. */
export function enterByPolicy(
  policies: SitePolicies,
  secret: string,
): EnterCase {
  return async (tx, { siteId, studyId }) => {
    const { document, version } = await policies.inForce(tx, siteId);
    const { controlShare } = document.reading;
    return {
      urgency: document.urgency.pending,
      policyVersion: version,
      isControl: isControl(secret, studyId, controlShare),
    };
  };
}

/**
 * Whether a study is among the share that is read without the AI. By a keyed
 * hash, so that nobody without the key can tell beforehand or choose, and the
 * same study is always answered the same.
 */
export function isControl(
  secret: string,
  studyId: string,
  sharePercent: number,
): boolean {
  const hash = createHmac("sha256", secret)
    .update(`control-share:${studyId}`)
    .digest();
  return hash.readUInt32BE(0) / 2 ** 32 < sharePercent / 100;
}
