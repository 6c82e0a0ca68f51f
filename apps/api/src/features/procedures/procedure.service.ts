import type { DatabaseClient, ProcedureVersion, Tx } from "@lung-iris/prisma";
import { z } from "zod";
import { assertCan, assertUserCan } from "../../access/authorize.ts";
import {
  visibleProcedures,
  visibleProcedureVersions,
} from "../../access/scope.ts";
import type { Viewer } from "../../access/viewer.ts";
import { actorOf } from "../../audit/audit-actor.ts";
import type { AuditLog } from "../../audit/audit-log.ts";
import { canonicalJson } from "../../audit/canonical-json.ts";
import { BadInputError, ConflictError, NotFoundError } from "../../errors.ts";
import { addSeconds } from "../../platform/clock.ts";
import type { Clock } from "../../platform/clock.ts";
import { isUuid, newId } from "../../platform/ids.ts";
import {
  decodeCursor,
  encodeCursor,
  pageSize,
  toPage,
  type Page,
  type PageRequest,
} from "../../platform/pagination.ts";
import { dropKeptReason } from "../kept-reasons/drop-kept-reason.ts";
import { procedureDocument } from "./procedure-document.ts";
import type { ProcedureDocument } from "./procedure-document.ts";
import { previewTrigger, type ProcedurePreview } from "./procedure-preview.ts";
import { requiredReason } from "./procedure.rules.ts";
import {
  countProcedures,
  insertProcedure,
  insertProcedureVersion,
  listProcedureVersions,
  lockProcedure,
  newestVersions,
} from "./procedure.store.ts";

const cursorSchema = z.tuple([z.int().min(1)]);

/** Procedures of one site: a list that people can overlook. */
const MOST_OF_SITE = 50;
const PREVIEW_SECONDS = 30 * 86_400;

export interface SaveProcedure {
  siteId: string;
  /** Null or absent: a new one. */
  procedureId?: string | null;
  /** The version that this was made from; 0 for a new one. */
  baseVersion: number;
  /** As it came in; `proposed` says what it must be. */
  document: unknown;
  isOn: boolean;
  reason: string;
}

/** What sites do beside the reading: written, tried out, switched on and off. */
export class ProcedureService {
  readonly #deps: { client: DatabaseClient; audit: AuditLog; clock: Clock };

  constructor(deps: { client: DatabaseClient; audit: AuditLog; clock: Clock }) {
    this.#deps = deps;
  }

  /** The newest version of each procedure of a site; at most fifty. */
  list(viewer: Viewer, siteId: string): Promise<ProcedureVersion[]> {
    assertCan(viewer, "procedure:read", { what: "site", siteId });
    if (!isUuid(siteId)) throw new NotFoundError("site");
    return newestVersions(this.#deps.client, [siteId]);
  }

  /** Every version of a procedure, the newest first. */
  async history(
    viewer: Viewer,
    procedureId: string,
    { first, after }: PageRequest,
  ): Promise<Page<ProcedureVersion>> {
    assertCan(viewer, "procedure:read");
    if (!isUuid(procedureId)) throw new NotFoundError("procedure");
    const size = pageSize(first);
    const cursor = after ? decodeCursor(after, cursorSchema) : null;
    const rows = await listProcedureVersions(
      this.#deps.client,
      { AND: [visibleProcedureVersions(viewer), { procedureId }] },
      cursor?.[0] ?? null,
      size + 1,
    );
    return toPage(rows, size, after, ({ version }) => encodeCursor([version]));
  }

  /**
   * Which cases of the last 30 days a procedure would have begun for.
   *
   * @throws BAD_USER_INPUT, naming the field, where it is none.
   */
  preview(
    viewer: Viewer,
    siteId: string,
    document: unknown,
  ): Promise<ProcedurePreview> {
    assertCan(viewer, "procedure:edit", { what: "site", siteId });
    if (!isUuid(siteId)) throw new NotFoundError("site");
    const { client, clock } = this.#deps;
    const { trigger } = proposed(document, "document");
    const since = addSeconds(clock.now(), -PREVIEW_SECONDS);
    return previewTrigger(client, siteId, trigger, since);
  }

  /**
   * Adds the next version of a procedure, or the first of a new one; on and
   * off are part of it. What runs goes on by the version it began with.
   *
   * @throws NOT_FOUND, BAD_USER_INPUT, PROCEDURE_CHANGED where another
   *   version was saved since, or TOO_MANY_PROCEDURES.
   */
  save(viewer: Viewer, request: SaveProcedure): Promise<ProcedureVersion> {
    const { siteId, procedureId, isOn } = request;
    assertUserCan(viewer, "procedure:edit", { what: "site", siteId });
    if (!isUuid(siteId)) throw new NotFoundError("site");
    const reason = requiredReason(request.reason, "input.reason");
    const document = proposed(request.document, "input.document");
    const { audit, clock } = this.#deps;
    return audit.changeAndRecord(viewer, async (tx, record) => {
      const now = clock.now();
      const before = procedureId
        ? await this.#before(tx, viewer, { ...request, procedureId }, document)
        : null;
      const id = before?.procedureId ?? (await makeNew(tx, siteId, now));
      const by = actorOf(viewer);
      const row = await insertProcedureVersion(tx, {
        id: newId(now),
        siteId,
        procedureId: id,
        version: (before?.version ?? 0) + 1,
        isOn,
        document,
        reason,
        byId: by.id,
        byName: by.name,
        createdAt: now,
      });
      await (before === null
        ? dropKeptReason(tx, viewer, "PROCEDURE_NEW", siteId)
        : dropKeptReason(tx, viewer, "PROCEDURE_CHANGE", id));
      record({
        type: "procedure.saved",
        siteId,
        patientId: null,
        subject: { type: "procedure", id },
        before: before === null ? null : shown(before),
        after: shown(row),
        details: { reason },
      });
      return row;
    });
  }

  async #before(
    tx: Tx,
    viewer: Viewer,
    request: SaveProcedure & { procedureId: string },
    document: ProcedureDocument,
  ): Promise<ProcedureVersion> {
    const { procedureId, siteId, baseVersion, isOn } = request;
    const scope = { AND: [visibleProcedures(viewer), { siteId }] };
    const newest = isUuid(procedureId)
      ? await lockProcedure(tx, scope, procedureId)
      : null;
    if (newest === null) throw new NotFoundError("procedure");
    const { version } = newest;
    if (version !== baseVersion)
      throw new ConflictError(
        "PROCEDURE_CHANGED",
        `Version ${String(version)} was saved meanwhile. Look at it, then make your change anew.`,
        { details: { version } },
      );
    const stored = procedureDocument.parse(newest.document);
    if (
      newest.isOn === isOn &&
      canonicalJson(stored) === canonicalJson(document)
    )
      throw new BadInputError("This is the version that holds already.", [
        "input.document",
      ]);
    return newest;
  }
}

async function makeNew(tx: Tx, siteId: string, now: Date): Promise<string> {
  if ((await countProcedures(tx, siteId)) >= MOST_OF_SITE)
    throw new ConflictError(
      "TOO_MANY_PROCEDURES",
      `A site has at most ${String(MOST_OF_SITE)} procedures. Change one that is off.`,
    );
  const { id } = await insertProcedure(tx, {
    id: newId(now),
    siteId,
    createdAt: now,
  });
  return id;
}

/** @throws BadInputError naming the field. */
function proposed(document: unknown, field: string): ProcedureDocument {
  const parsed = procedureDocument.safeParse(document);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new BadInputError(issue?.message ?? "This is no procedure.", [
    [field, ...(issue?.path ?? [])].join("."),
  ]);
}

function shown({ version, isOn, document }: ProcedureVersion) {
  return { version, isOn, document: procedureDocument.parse(document) };
}
