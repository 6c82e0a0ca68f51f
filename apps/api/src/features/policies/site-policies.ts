import type { DatabaseClient, PolicyVersion, Tx } from "@lung-iris/prisma";
import { NotFoundError } from "../../errors.ts";
import type { ThresholdPolicy } from "./threshold.rules.ts";
import { policyDocument, type PolicyDocument } from "./policy-document.ts";
import { findVersion, newestNumber, wasOpenSince } from "./policy.store.ts";

/** One version of a site's policy, read and checked. */
export interface SitePolicy extends ThresholdPolicy {
  siteId: string;
  version: number;
  document: PolicyDocument;
}

/** Versions kept in memory; they never change, so only space bounds them. */
const MOST_KEPT = 500;

/**
 * The policies of all sites for one process. Versions never change and are
 * kept; which one is in force is asked in each transaction, because a
 * decision rests on it. Requests, which ask it for every row, are answered
 * from memory for as long as this process hears of changes.
 */
export class SitePolicies {
  readonly #client: DatabaseClient;
  readonly #isHeard: () => boolean;
  readonly #versions = new Map<string, SitePolicy>();
  readonly #newest = new Map<string, Promise<number | null>>();

  /** `isHeard`: whether `forget` is called for every change, now. */
  constructor(client: DatabaseClient, isHeard: () => boolean = () => false) {
    this.#client = client;
    this.#isHeard = isHeard;
  }

  /** The policy in force, as the transaction sees it. */
  async inForce(tx: Tx, siteId: string): Promise<SitePolicy> {
    const version = await newestNumber(tx, siteId);
    if (version === null) throw new NotFoundError("site");
    return this.at(siteId, version, tx);
  }

  /** The policy in force, for what only shows; may be a moment old. */
  async current(siteId: string): Promise<SitePolicy> {
    const version = await this.#newestOf(siteId);
    if (version === null) throw new NotFoundError("site");
    return this.at(siteId, version);
  }

  /** One version of a site. */
  async at(
    siteId: string,
    version: number,
    client: DatabaseClient | Tx = this.#client,
  ): Promise<SitePolicy> {
    const key = `${siteId} ${String(version)}`;
    const known = this.#versions.get(key);
    if (known !== undefined) return known;
    const policy = await policyAt(client, siteId, version);
    if (this.#versions.size >= MOST_KEPT) this.#versions.clear();
    this.#versions.set(key, policy);
    return policy;
  }

  /** Whether the site was read openly at any time since then. */
  wasOpenSince(tx: Tx, siteId: string, since: Date): Promise<boolean> {
    return wasOpenSince(tx, siteId, since);
  }

  /** The site's policy changed; without a site, any may have. */
  forget(siteId?: string): void {
    if (siteId === undefined) this.#newest.clear();
    else this.#newest.delete(siteId);
  }

  #newestOf(siteId: string): Promise<number | null> {
    if (!this.#isHeard()) return newestNumber(this.#client, siteId);
    const known = this.#newest.get(siteId);
    if (known !== undefined) return known;
    const asked = newestNumber(this.#client, siteId);
    this.#newest.set(siteId, asked);
    asked.catch(() => this.#newest.delete(siteId));
    return asked;
  }
}

/** One version of a site, read anew. Throws NOT_FOUND. */
export async function policyAt(
  client: DatabaseClient | Tx,
  siteId: string,
  version: number,
): Promise<SitePolicy> {
  const row = await findVersion(client, siteId, version);
  if (row === null) throw new NotFoundError("policy version");
  return readPolicy(row);
}

/** Reads a stored version; a shape of ours that does not fit is a mistake. */
function readPolicy({ siteId, version, document }: PolicyVersion): SitePolicy {
  return policyOf(siteId, version, policyDocument.parse(document));
}

/** A document as the rules read it, stored or only proposed. */
export function policyOf(
  siteId: string,
  version: number,
  document: PolicyDocument,
): SitePolicy {
  const thresholds: Record<string, Record<string, Record<string, number>>> = {};
  for (const { model, finding, ageGroup, threshold } of document.thresholds) {
    const ofModel = (thresholds[model] ??= {});
    (ofModel[finding] ??= {})[ageGroup] = threshold;
  }
  return { siteId, version, document, thresholds };
}
