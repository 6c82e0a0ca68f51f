import type { ModelVersion, PredictionRole, Tx } from "@lung-iris/prisma";
import type { RecordEvent } from "../../audit/audit-log.ts";
import { ConflictError, NotFoundError } from "../../errors.ts";
import { isUuid, newId } from "../../platform/ids.ts";
import { readCurrentRoles } from "./current-roles.ts";
import {
  endRoles,
  findRole,
  insertRole,
  lockRoles,
} from "./model-role.store.ts";
import { rolesAt } from "./model-roles.rules.ts";

/** One change of roles under way, in the transaction of what asks for it. */
export interface RoleChange {
  tx: Tx;
  record: RecordEvent;
  /** Null: the whole desk, which former releases could name. */
  siteId: string | null;
  now: Date;
  /** Actor of the audit event. */
  by: { id: string; name: string };
  reason: string;
}

/** When a shadow ends by itself; one of the two at least. */
export interface ShadowLimits {
  films: number | null;
  endsAt: Date | null;
}

type RoleEvent = "model.promoted" | "model.shadowed" | "model.retired";

export interface ModelRoleCommandsDeps {
  /** Asks the model about the site's films that nobody has signed; how many. */
  askAboutOpenCases: (
    tx: Tx,
    modelVersionId: string,
    siteId: string,
    requestId?: string,
  ) => Promise<number>;
}

/**
 * What may be done to a model's role. Nobody calls these but the features
 * that hold the rules for it: promotions and shadows. Each holds the lock of
 * the registry until the caller's transaction ends.
 */
export class ModelRoleCommands {
  readonly #deps: ModelRoleCommandsDeps;

  constructor(deps: ModelRoleCommandsDeps) {
    this.#deps = deps;
  }

  /** Holds all roles and answers the site's live model. @throws CONFLICT */
  async lockLive(tx: Tx, siteId: string): Promise<ModelVersion> {
    await lockRoles(tx);
    const { live } = rolesAt(siteId, await readCurrentRoles(tx));
    if (live === null)
      throw new ConflictError(
        "CONFLICT",
        "No model is live here yet: the first worker that starts brings one.",
      );
    return this.find(tx, live);
  }

  /** A model by id. @throws NOT_FOUND */
  async find(tx: Tx, id: string): Promise<ModelVersion> {
    const row = isUuid(id)
      ? await tx.modelVersion.findUnique({ where: { id } })
      : null;
    if (row === null) throw new NotFoundError("model");
    return row;
  }

  /**
   * Makes the model live at the site and asks it about every film there that
   * nobody has signed. Whether what it replaces was the site's own.
   */
  async goLive(
    change: RoleChange & { siteId: string },
    version: ModelVersion,
    requestId: string,
  ): Promise<{ replacedOwn: boolean }> {
    const { tx, siteId, now } = change;
    const mine = { siteId, modelVersionId: version.id };
    const [own] = await endRoles(tx, mine, now);
    const retired = await endRoles(tx, { siteId, role: "LIVE" }, now);
    for (const { modelVersion, role } of retired)
      note(change, "model.retired", modelVersion, role, null);
    await this.#insert(change, version, "LIVE");
    const filmsAskedAgain = await this.#deps.askAboutOpenCases(
      tx,
      version.id,
      siteId,
      requestId,
    );
    note(change, "model.promoted", version, own?.role ?? null, "LIVE", {
      filmsAskedAgain,
    });
    return { replacedOwn: retired.length > 0 };
  }

  /**
   * Ends the site's own live model and lets the one before it answer again:
   * the site's own of then, or the desk's.
   */
  async goBack(
    change: RoleChange & { siteId: string },
    from: ModelVersion,
    to: { version: ModelVersion; wasOwn: boolean },
    requestId: string,
  ): Promise<void> {
    const { tx, siteId, now } = change;
    await endRoles(tx, { siteId, modelVersionId: from.id }, now);
    note(change, "model.retired", from, "LIVE", null);
    if (to.wasOwn) {
      await this.goLive(change, to.version, requestId);
      return;
    }
    await this.#deps.askAboutOpenCases(tx, to.version.id, siteId, requestId);
  }

  /** Lets the model look along. @throws CONFLICT where it has a role. */
  async startShadow(
    change: RoleChange & { siteId: string },
    version: ModelVersion,
    { films, endsAt }: ShadowLimits,
  ): Promise<void> {
    const { tx, siteId } = change;
    await lockRoles(tx);
    const { live, shadows } = rolesAt(siteId, await readCurrentRoles(tx));
    if (version.id === live || shadows.includes(version.id))
      throw new ConflictError(
        "CONFLICT",
        `${version.name} is ${version.id === live ? "live" : "a shadow"} already.`,
      );
    await this.#insert(change, version, "SHADOW", { filmLimit: films, endsAt });
    note(change, "model.shadowed", version, null, "SHADOW", {
      ...(films === null ? {} : { filmLimit: films }),
      ...(endsAt === null ? {} : { endsAt: endsAt.toISOString() }),
    });
  }

  /** Ends a shadow; false where it is none. */
  async endShadow(change: RoleChange, version: ModelVersion): Promise<boolean> {
    const { tx, siteId, now } = change;
    await lockRoles(tx);
    const role = await findRole(tx, siteId, version.id);
    if (role?.role !== "SHADOW") return false;
    await endRoles(tx, { siteId, modelVersionId: version.id }, now);
    note(change, "model.retired", version, "SHADOW", null);
    return true;
  }

  async #insert(
    { tx, siteId, now, by }: RoleChange,
    version: ModelVersion,
    role: PredictionRole,
    limits: { filmLimit?: number | null; endsAt?: Date | null } = {},
  ): Promise<void> {
    await insertRole(tx, {
      id: newId(now),
      siteId,
      modelVersionId: version.id,
      role,
      since: now,
      byId: by.id,
      byName: by.name,
      ...limits,
    });
  }
}

function note(
  { record, siteId, reason }: RoleChange,
  type: RoleEvent,
  { id, name, sha256, fingerprint }: ModelVersion,
  before: PredictionRole | null,
  after: PredictionRole | null,
  more: { filmsAskedAgain?: number; filmLimit?: number; endsAt?: string } = {},
): void {
  record({
    type,
    subject: { type: "model", id },
    siteId,
    patientId: null,
    before: { role: before },
    after: { role: after },
    details: { name, sha256, fingerprint, reason, ...more },
  });
}
