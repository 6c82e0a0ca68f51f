import type { DatabaseClient, PolicyVersion } from "@lung-iris/prisma";
import { z } from "zod";
import { assertCan } from "../../access/authorize.ts";
import { READER_ROLES } from "../../access/roles.ts";
import { visiblePolicyVersions, visibleUsers } from "../../access/scope.ts";
import type { Viewer } from "../../access/viewer.ts";
import { actorOf } from "../../audit/audit-actor.ts";
import type { AuditLog } from "../../audit/audit-log.ts";
import { canonicalJson } from "../../audit/canonical-json.ts";
import { BadInputError, ConflictError, NotFoundError } from "../../errors.ts";
import type { Clock } from "../../platform/clock.ts";
import { isUuid, newId } from "../../platform/ids.ts";
import { enqueue } from "../../platform/job-queue.ts";
import { notify } from "../../platform/notifications.ts";
import {
  decodeCursor,
  encodeCursor,
  pageSize,
  toPage,
  type Page,
  type PageRequest,
} from "../../platform/pagination.ts";
import type { UserRow } from "../users/user.row.ts";
import type { PolicyDocument } from "./policy-document.ts";
import type { PolicyPlacement, PolicyPreview } from "./policy-preview.ts";
import { proposedPolicy } from "./proposed-policy.ts";
import {
  findVersion,
  insertPolicyVersion,
  listVersions,
  lockPolicy,
  newestNumber,
} from "./policy.store.ts";
import { policyOf, type SitePolicies } from "./site-policies.ts";

const cursorSchema = z.tuple([z.int().min(1)]);

/** Longest reason, in characters. */
const MAX_REASON = 1_000;

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
  clock: Clock;
  policies: SitePolicies;
  placement: PolicyPlacement;
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
    const size = pageSize(first);
    const cursor = after ? decodeCursor(after, cursorSchema) : null;
    const rows = await listVersions(
      this.#deps.client,
      { AND: [visiblePolicyVersions(viewer), { siteId }] },
      cursor?.[0] ?? null,
      size + 1,
    );
    return toPage(rows, size, after, ({ version }) => encodeCursor([version]));
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
  ): Promise<PolicyPreview> {
    assertCan(viewer, "policy:edit", { what: "site", siteId });
    const { client, placement, policies } = this.#deps;
    const proposed = await proposedPolicy(client, siteId, document, "document");
    const now = await policies.current(siteId);
    return placement.preview(now, policyOf(siteId, now.version + 1, proposed));
  }

  /**
   * Makes the policy the newest version, with one event, and places the open
   * cases by it: the first here, the rest by a job.
   *
   * @throws BAD_USER_INPUT, or POLICY_CHANGED where another version was saved
   *   since the one that this was made from.
   */
  async save(viewer: Viewer, request: SaveRequest): Promise<PolicyVersion> {
    const { siteId, baseVersion } = request;
    assertCan(viewer, "policy:edit", { what: "site", siteId });
    const reason = requiredReason(request.reason);
    const { client, audit, clock, policies, placement } = this.#deps;
    const document = await proposedPolicy(
      client,
      siteId,
      request.document,
      "input.document",
    );
    const made = await audit.changeAndRecord(viewer, async (tx, record) => {
      await lockPolicy(tx, siteId);
      const before = await policies.inForce(tx, siteId);
      if (before.version !== baseVersion)
        throw changedMeanwhile(before.version);
      assertDiffers(before.document, document);
      const now = clock.now();
      const by = actorOf(viewer);
      const row = await insertPolicyVersion(tx, {
        id: newId(now),
        siteId,
        version: before.version + 1,
        document,
        reason,
        byId: by.id,
        byName: by.name,
        createdAt: now,
      });
      record({
        type: "policy.changed",
        siteId,
        patientId: null,
        subject: { type: "policy", id: row.id },
        before: { version: before.version, document: before.document },
        after: { version: row.version, document },
        details: { reason },
      });
      await notify(tx, { topic: "policy", siteId });
      const policy = policyOf(siteId, row.version, document);
      const isMore = await placement.placeNext(tx, record, policy);
      if (isMore) await enqueue(tx, "place-anew", siteId, { siteId });
      return row;
    });
    policies.forget(siteId);
    return made;
  }
}

function changedMeanwhile(version: number): ConflictError {
  return new ConflictError(
    "POLICY_CHANGED",
    `Version ${String(version)} was saved meanwhile. Look at it, then make your change anew.`,
    { details: { version } },
  );
}

function assertDiffers(before: PolicyDocument, after: PolicyDocument): void {
  if (canonicalJson(before) !== canonicalJson(after)) return;
  throw new BadInputError("This is the policy that is in force already.", [
    "input.document",
  ]);
}

function requiredReason(text: string): string {
  const reason = text.trim();
  if (reason === "" || reason.length > MAX_REASON) {
    throw new BadInputError(
      `Say why, in at most ${String(MAX_REASON)} characters.`,
      ["input.reason"],
    );
  }
  return reason;
}
