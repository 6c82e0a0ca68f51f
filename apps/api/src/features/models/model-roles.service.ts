import type {
  DatabaseClient,
  ModelRole,
  ModelVersion,
  PredictionRole,
  Tx,
} from "@lung-iris/prisma";
import { assertCan } from "../../access/authorize.ts";
import type { Viewer } from "../../access/viewer.ts";
import { actorOf } from "../../audit/audit-actor.ts";
import type { AuditLog, RecordEvent } from "../../audit/audit-log.ts";
import { BadInputError, ConflictError, NotFoundError } from "../../errors.ts";
import type { Clock } from "../../platform/clock.ts";
import { isUuid, newId } from "../../platform/ids.ts";
import { endRoles, insertRole, lockRoles } from "./model-role.store.ts";

/** Longest reason, in characters. */
const MAX_REASON = 1_000;

/** Which model is to have a role, where, and why. */
export interface RoleRequest {
  modelVersionId: string;
  /** Null: at every site that has no roles of its own. */
  siteId?: string | null;
  reason: string;
}

export interface ModelRolesDeps {
  client: DatabaseClient;
  audit: AuditLog;
  clock: Clock;
  /** Asks the model about the films that nobody has signed; how many. */
  askAboutOpenCases: (
    tx: Tx,
    modelVersionId: string,
    requestId: string,
  ) => Promise<number>;
}

type RoleEvent = "model.promoted" | "model.shadowed" | "model.retired";

/**
 * Which model is live and which run as shadows: commands of people, each on
 * record. Nothing else changes a role; starting a worker does not.
 */
export class ModelRolesService {
  readonly #deps: ModelRolesDeps;

  constructor(deps: ModelRolesDeps) {
    this.#deps = deps;
  }

  /**
   * Makes the model live in place of the one that is, and asks it about every
   * film that nobody has signed.
   *
   * @throws NOT_FOUND, BAD_USER_INPUT, or CONFLICT where it is live already.
   */
  promote(viewer: Viewer, request: RoleRequest): Promise<ModelVersion> {
    return this.#change(viewer, request, async (change) => {
      const { tx, siteId, version, now } = change;
      const mine = { siteId, modelVersionId: version.id };
      const own = await endRoles(tx, mine, now);
      if (own.some(({ role }) => role === "LIVE"))
        throw new ConflictError("CONFLICT", `${version.name} is live already.`);
      const retired = await endRoles(tx, { siteId, role: "LIVE" }, now);
      for (const { modelVersion, role } of retired)
        change.record("model.retired", modelVersion, role, null);
      await change.insert("LIVE");
      const films = await this.#deps.askAboutOpenCases(
        tx,
        version.id,
        viewer.origin.requestId,
      );
      const before = own[0]?.role ?? null;
      change.record("model.promoted", version, before, "LIVE", {
        filmsAskedAgain: films,
      });
    });
  }

  /**
   * Lets the model look at every film to come without a word that counts.
   *
   * @throws NOT_FOUND, BAD_USER_INPUT, or CONFLICT where it has a role there.
   */
  shadow(viewer: Viewer, request: RoleRequest): Promise<ModelVersion> {
    return this.#change(viewer, request, async (change) => {
      const { tx, siteId, version } = change;
      const role = await tx.modelRole.findFirst({
        where: { siteId, modelVersionId: version.id, until: null },
      });
      if (role !== null)
        throw new ConflictError(
          "CONFLICT",
          `${version.name} is ${role.role === "LIVE" ? "live" : "a shadow"} already.`,
        );
      await change.insert("SHADOW");
      change.record("model.shadowed", version, null, "SHADOW");
    });
  }

  /**
   * Ends a shadow. The live model ends only by the next one.
   *
   * @throws NOT_FOUND, BAD_USER_INPUT, or CONFLICT where it is no shadow.
   */
  retire(viewer: Viewer, request: RoleRequest): Promise<ModelVersion> {
    return this.#change(viewer, request, async (change) => {
      const { tx, siteId, version, now } = change;
      const ended = await endRoles(
        tx,
        { siteId, modelVersionId: version.id, role: "SHADOW" },
        now,
      );
      if (ended.length === 0)
        throw new ConflictError(
          "CONFLICT",
          `${version.name} does not run as a shadow. A live model is retired by making another one live.`,
        );
      change.record("model.retired", version, "SHADOW", null);
    });
  }

  #change(
    viewer: Viewer,
    request: RoleRequest,
    apply: (change: RoleChange) => Promise<void>,
  ): Promise<ModelVersion> {
    const siteId = request.siteId ?? null;
    assertCan(viewer, "model:manage");
    if (siteId !== null)
      assertCan(viewer, "model:manage", { what: "site", siteId });
    const reason = requiredReason(request.reason);
    const { audit, clock } = this.#deps;
    return audit.changeAndRecord(viewer, async (tx, record) => {
      await lockRoles(tx);
      const version = await findVersion(tx, request.modelVersionId);
      const by = actorOf(viewer);
      const change = new RoleChange(
        { tx, siteId, version, now: clock.now(), by },
        record,
        reason,
      );
      await apply(change);
      return version;
    });
  }
}

interface RoleChangeFacts {
  tx: Tx;
  siteId: string | null;
  version: ModelVersion;
  now: Date;
  by: { id: string; name: string };
}

/** One command under way: what it writes and records is about its site. */
class RoleChange {
  readonly tx: Tx;
  readonly siteId: string | null;
  readonly version: ModelVersion;
  readonly now: Date;
  readonly #by: RoleChangeFacts["by"];
  readonly #record: RecordEvent;
  readonly #reason: string;

  constructor(facts: RoleChangeFacts, record: RecordEvent, reason: string) {
    this.tx = facts.tx;
    this.siteId = facts.siteId;
    this.version = facts.version;
    this.now = facts.now;
    this.#by = facts.by;
    this.#record = record;
    this.#reason = reason;
  }

  insert(role: PredictionRole): Promise<ModelRole> {
    return insertRole(this.tx, {
      id: newId(this.now),
      siteId: this.siteId,
      modelVersionId: this.version.id,
      role,
      since: this.now,
      byId: this.#by.id,
      byName: this.#by.name,
    });
  }

  record(
    type: RoleEvent,
    { id, name, sha256, fingerprint }: ModelVersion,
    before: PredictionRole | null,
    after: PredictionRole | null,
    more: { filmsAskedAgain?: number } = {},
  ): void {
    this.#record({
      type,
      subject: { type: "model", id },
      siteId: this.siteId,
      patientId: null,
      before: { role: before },
      after: { role: after },
      details: { name, sha256, fingerprint, reason: this.#reason, ...more },
    });
  }
}

async function findVersion(tx: Tx, id: string): Promise<ModelVersion> {
  const row = isUuid(id)
    ? await tx.modelVersion.findUnique({ where: { id } })
    : null;
  if (row === null) throw new NotFoundError("model");
  return row;
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
