import type { DatabaseClient, PolicyVersion } from "@lung-iris/prisma";
import { assertCan } from "../../access/authorize.ts";
import { READER_ROLES } from "../../access/roles.ts";
import { visiblePolicyVersions, visibleUsers } from "../../access/scope.ts";
import type { Viewer } from "../../access/viewer.ts";
import type { AuditLog } from "../../audit/audit-log.ts";
import { NotFoundError } from "../../errors.ts";
import { isUuid } from "../../platform/ids.ts";
import {
  byNumber,
  pageBy,
  type Page,
  type PageRequest,
} from "../../platform/pagination.ts";
import { requiredReason } from "../../platform/required-reason.ts";
import { dropKeptReason } from "../kept-reasons/drop-kept-reason.ts";
import type { UserRow } from "../users/user.row.ts";
import type { PolicyDocument } from "./policy-document.ts";
import type { PolicyCommands } from "./policy.commands.ts";
import type {
  PolicyPlacement,
  PolicyPreview,
  PreviewRules,
  RuleCount,
} from "./policy-preview.ts";
import { proposedPolicy } from "./proposed-policy.ts";
import { findVersion, listVersions, newestNumber } from "./policy.store.ts";
import {
  policyOf,
  type SitePolicies,
  type SitePolicy,
} from "./site-policies.ts";
import { assertMayChangeAlone } from "./threshold-approval.rules.ts";

export interface SaveRequest {
  siteId: string;
  /** As it came in; `proposedPolicy` says what it must be. */
  document: unknown;
  baseVersion: number;
  reason: string;
}

export interface PolicyServiceDeps {
  client: DatabaseClient;
  audit: AuditLog;
  policies: SitePolicies;
  placement: PolicyPlacement;
  previewRules: PreviewRules;
  commands: PolicyCommands;
}

/** What a site wants: shown, tried out and changed. */
export class PolicyService {
  readonly #deps: PolicyServiceDeps;

  constructor(deps: PolicyServiceDeps) {
    this.#deps = deps;
  }

  /** The version in force. Throws NOT_FOUND for a site out of sight. */
  async current(viewer: Viewer, siteId: string): Promise<PolicyVersion> {
    assertCan(viewer, "policy:read", { what: "site", siteId });
    const { client } = this.#deps;
    const version = isUuid(siteId) ? await newestNumber(client, siteId) : null;
    const row =
      version === null ? null : await findVersion(client, siteId, version);
    if (row === null) throw new NotFoundError("site");
    return row;
  }

  /** Every version of a site, the newest first. */
  async history(
    viewer: Viewer,
    siteId: string,
    { first, after }: PageRequest,
  ): Promise<Page<PolicyVersion>> {
    assertCan(viewer, "policy:read", { what: "site", siteId });
    if (!isUuid(siteId)) throw new NotFoundError("site");
    return pageBy(
      { first, after },
      byNumber<PolicyVersion>(({ version }) => version),
      (beyond, take) =>
        listVersions(
          this.#deps.client,
          { AND: [visiblePolicyVersions(viewer), { siteId }] },
          beyond,
          take,
        ),
    );
  }

  /** Readers of a site, active or not, by name: whom a policy can name. */
  async readers(viewer: Viewer, siteId: string): Promise<UserRow[]> {
    assertCan(viewer, "policy:read", { what: "site", siteId });
    const isReader = {
      role: { in: [...READER_ROLES] },
      sites: { some: { siteId } },
    };
    return this.#deps.client.user.findMany({
      where: { AND: [visibleUsers(viewer), isReader] },
      orderBy: [{ name: "asc" }, { id: "asc" }],
    });
  }

  /**
   * What the policy would do to the worklist as it is now.
   *
   * @throws BAD_USER_INPUT, naming the field, where it is none.
   */
  async preview(
    viewer: Viewer,
    siteId: string,
    document: unknown,
  ): Promise<PolicyPreview & { rules: RuleCount[] }> {
    assertCan(viewer, "policy:edit", { what: "site", siteId });
    const { client, placement, policies, previewRules } = this.#deps;
    const proposed = await proposedPolicy(client, siteId, document, "document");
    const now = await policies.current(siteId);
    const then = policyOf(siteId, now.version + 1, proposed);
    const moves = await placement.preview(now, then);
    return { ...moves, rules: await previewRules(then) };
  }

  /**
   * Makes the policy the newest version, with one event, and places the open
   * cases by it: the first here, the rest by a job.
   *
   * @throws BAD_USER_INPUT, POLICY_CHANGED where another version was saved
   *   since the one that this was made from, or APPROVAL_NEEDED for what two
   *   people change.
   */
  async save(viewer: Viewer, request: SaveRequest): Promise<PolicyVersion> {
    const { siteId, baseVersion } = request;
    assertCan(viewer, "policy:edit", { what: "site", siteId });
    const reason = requiredReason(request.reason, "input.reason");
    const { client, audit, policies, commands } = this.#deps;
    const document = await proposedPolicy(
      client,
      siteId,
      request.document,
      "input.document",
    );
    const next = (before: SitePolicy): PolicyDocument => {
      assertMayChangeAlone(before.document, document);
      return document;
    };
    const change = { siteId, next, baseVersion, reason };
    const made = await audit.changeAndRecord(viewer, async (tx, record) => {
      const version = await commands.change(tx, record, viewer, change);
      await dropKeptReason(tx, viewer, "POLICY", siteId);
      return version;
    });
    policies.forget(siteId);
    return made;
  }
}
