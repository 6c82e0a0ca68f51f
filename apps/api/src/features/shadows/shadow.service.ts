import type { DatabaseClient, ModelVersion } from "@lung-iris/prisma";
import { assertUserCan } from "../../access/authorize.ts";
import { systemViewer, type Viewer } from "../../access/viewer.ts";
import type { AuditLog } from "../../audit/audit-log.ts";
import { BadInputError, ConflictError } from "../../errors.ts";
import type { Clock } from "../../platform/clock.ts";
import { newRequestId } from "../../platform/ids.ts";
import { requiredReason } from "../../platform/required-reason.ts";
import {
  dropKeptReason,
  dropKeptReasonAnywhere,
} from "../kept-reasons/drop-kept-reason.ts";
import type { ModelRoleCommands } from "../models/model-role.commands.ts";
import { countAnswers, limitedShadows } from "./shadow.store.ts";

export type { Discordant } from "./shadow.store.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
/** A shadow costs a forward pass a film: nobody wants one for ever. */
const MOST_FILMS = 100_000;
const MOST_DAYS = 90;

export interface StartShadowRequest {
  modelVersionId: string;
  siteId: string;
  /** After how many films it ends, or how many days; one at least. */
  films?: number | null;
  days?: number | null;
  reason: string;
}

export interface EndShadowRequest {
  modelVersionId: string;
  /** Null: a shadow of the whole desk, as former releases had them. */
  siteId?: string | null;
  reason: string;
}

export interface ShadowServiceDeps {
  client: DatabaseClient;
  audit: AuditLog;
  clock: Clock;
  roles: ModelRoleCommands;
}

/** Candidates that look at each new film without a word that counts. */
export class ShadowService {
  readonly #deps: ShadowServiceDeps;

  constructor(deps: ShadowServiceDeps) {
    this.#deps = deps;
  }

  /**
   * Lets the model look at the site's films for as long as was set.
   *
   * @throws NOT_FOUND, BAD_USER_INPUT, or CONFLICT where it has a role there.
   */
  start(viewer: Viewer, request: StartShadowRequest): Promise<ModelVersion> {
    const { siteId } = request;
    assertUserCan(viewer, "model:manage", { what: "site", siteId });
    const reason = requiredReason(request.reason, "input.reason");
    const films = limit(request.films, MOST_FILMS, "films");
    const days = limit(request.days, MOST_DAYS, "days");
    if (films === null && days === null)
      throw new BadInputError("Say for how many films or days it runs.", [
        "input.films",
        "input.days",
      ]);
    const { audit, clock, roles } = this.#deps;
    return audit.changeAndRecord(viewer, async (tx, record) => {
      const version = await roles.find(tx, request.modelVersionId);
      const now = clock.now();
      const by = { id: viewer.userId, name: viewer.name };
      await roles.startShadow(
        { tx, record, siteId, now, by, reason },
        version,
        {
          films,
          endsAt:
            days === null ? null : new Date(now.getTime() + days * DAY_MS),
        },
      );
      await dropKeptReason(tx, viewer, "SHADOW_START", siteId, version.id);
      return version;
    });
  }

  /**
   * Ends a shadow before its time.
   *
   * @throws NOT_FOUND, BAD_USER_INPUT, or CONFLICT where it is no shadow.
   */
  end(viewer: Viewer, request: EndShadowRequest): Promise<ModelVersion> {
    const siteId = request.siteId ?? null;
    assertUserCan(viewer, "model:manage");
    if (siteId !== null)
      assertUserCan(viewer, "model:manage", { what: "site", siteId });
    const reason = requiredReason(request.reason, "input.reason");
    const { audit, clock, roles } = this.#deps;
    return audit.changeAndRecord(viewer, async (tx, record) => {
      const version = await roles.find(tx, request.modelVersionId);
      const by = { id: viewer.userId, name: viewer.name };
      const change = { tx, record, siteId, now: clock.now(), by, reason };
      if (!(await roles.endShadow(change, version)))
        throw new ConflictError(
          "CONFLICT",
          `${version.name} does not run as a shadow here.`,
        );
      await (siteId === null
        ? dropKeptReasonAnywhere(tx, viewer, "SHADOW_END", version.id)
        : dropKeptReason(tx, viewer, "SHADOW_END", siteId, version.id));
      return version;
    });
  }

  /** Ends the shadows whose films or days are over; how many. */
  async endDue(): Promise<number> {
    const { client, audit, clock, roles } = this.#deps;
    const viewer = systemViewer("shadow-keeper", newRequestId());
    let ended = 0;
    for (const role of await limitedShadows(client)) {
      const { siteId, filmLimit, endsAt, modelVersion } = role;
      const now = clock.now();
      const isLate = endsAt !== null && endsAt <= now;
      const isFull =
        filmLimit !== null && (await countAnswers(client, role)) >= filmLimit;
      if (!isLate && !isFull) continue;
      const reason = isFull
        ? `The ${String(filmLimit)} films that were set have come.`
        : "The days that were set are over.";
      const by = { id: "SYSTEM", name: viewer.name };
      const wasRunning = await audit.changeAndRecord(viewer, (tx, record) =>
        roles.endShadow({ tx, record, siteId, now, by, reason }, modelVersion),
      );
      if (wasRunning) ended += 1;
    }
    return ended;
  }
}

function limit(
  value: number | null | undefined,
  most: number,
  field: string,
): number | null {
  if (value === null || value === undefined) return null;
  if (value >= 1 && value <= most) return value;
  throw new BadInputError(`At least 1 and at most ${String(most)} ${field}.`, [
    `input.${field}`,
  ]);
}
