import type {
  DatabaseClient,
  KeptReasonKind,
  ReportMacro,
  Tx,
} from "@lung-iris/prisma";
import { z } from "zod";
import { assertCan, assertUserCan, can } from "../../access/authorize.ts";
import { visibleMacros } from "../../access/scope.ts";
import type { Viewer } from "../../access/viewer.ts";
import type { AuditLog } from "../../audit/audit-log.ts";
import { changesOf } from "../../audit/changes.ts";
import { BadInputError, ConflictError, NotFoundError } from "../../errors.ts";
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
import { checkName, checkTexts } from "./macro-text.ts";
import {
  countMacros,
  deleteMacro,
  findByName,
  insertMacro,
  listMacros,
  lockMacro,
  lockOwner,
  updateMacro,
} from "./macro.store.ts";

/** Most macros of one owner at a site, and of the site. */
const MAX_MACROS = 200;
const COLUMNS = ["ownerId", "name", "texts"] as const;
const cursorSchema = z.tuple([z.string(), z.uuid()]);

export interface MacroRequest {
  /** Null for a new one. */
  id: string | null;
  siteId: string;
  name: string;
  /** As given; `checkTexts` says what they must be. */
  texts: readonly object[];
}

/** Texts that reports are written of: one's own and those of a site. */
export class MacroService {
  readonly #deps: { client: DatabaseClient; audit: AuditLog; clock: Clock };

  constructor(deps: { client: DatabaseClient; audit: AuditLog; clock: Clock }) {
    this.#deps = deps;
  }

  /** The site's macros and the viewer's own there, by name. */
  async list(
    viewer: Viewer,
    siteId: string,
    { first, after }: PageRequest,
  ): Promise<Page<ReportMacro>> {
    assertCan(viewer, "macro:read", { what: "site", siteId });
    if (!isUuid(siteId)) throw new NotFoundError("site");
    const size = pageSize(first);
    const cursor = after ? decodeCursor(after, cursorSchema) : null;
    const rows = await listMacros(
      this.#deps.client,
      { AND: [visibleMacros(viewer), { siteId }] },
      {
        after: cursor && { name: cursor[0], id: cursor[1] },
        take: size + 1,
      },
    );
    return toPage(rows, size, after, ({ name, id }) =>
      encodeCursor([name, id]),
    );
  }

  /** Whether the viewer may change or remove it. */
  canEdit(viewer: Viewer, { ownerId, siteId }: ReportMacro): boolean {
    if (ownerId === null) return can(viewer, "macro:manage", siteId);
    const isOwn = viewer.kind === "user" && viewer.userId === ownerId;
    return isOwn && can(viewer, "macro:own", siteId);
  }

  /**
   * Keeps a text of the viewer's own.
   *
   * @throws MACRO_NAME_TAKEN, NOT_FOUND or BAD_USER_INPUT.
   */
  saveOwn(viewer: Viewer, request: MacroRequest): Promise<ReportMacro> {
    const { siteId } = request;
    assertUserCan(viewer, "macro:own", { what: "site", siteId });
    return this.#save(viewer, request, viewer.userId);
  }

  /** The same for a text of the whole site. */
  saveOfSite(viewer: Viewer, request: MacroRequest): Promise<ReportMacro> {
    const { siteId } = request;
    assertUserCan(viewer, "macro:manage", { what: "site", siteId });
    return this.#save(viewer, request, null);
  }

  /** @throws NOT_FOUND, also for one that the viewer may not remove. */
  remove(viewer: Viewer, id: string): Promise<ReportMacro> {
    assertUserCan(viewer, "macro:read");
    return this.#deps.audit.changeAndRecord(viewer, async (tx, record) => {
      const before = isUuid(id)
        ? await lockMacro(tx, visibleMacros(viewer), id)
        : null;
      if (before === null || !this.canEdit(viewer, before))
        throw new NotFoundError("macro");
      await deleteMacro(tx, before.id);
      await dropKeptReason(tx, viewer, keptAs(before), before.id);
      const { after: was } = changesOf(null, before, COLUMNS);
      record({
        type: "macro.deleted",
        ...subjectOf(before),
        before: was,
        details: {},
      });
      return before;
    });
  }

  #save(
    viewer: Viewer,
    request: MacroRequest,
    ownerId: string | null,
  ): Promise<ReportMacro> {
    const { id, siteId } = request;
    if (!isUuid(siteId)) throw new NotFoundError("site");
    const name = checkName(request.name);
    const written = { name, texts: checkTexts(request.texts) };
    return this.#deps.audit.changeAndRecord(viewer, async (tx, record) => {
      await lockOwner(tx, siteId, ownerId);
      const before = id === null ? null : await lockOf(tx, viewer, id);
      const isOther =
        before !== null &&
        (before.siteId !== siteId || before.ownerId !== ownerId);
      if (isOther) throw new NotFoundError("macro");
      if ((await findByName(tx, { siteId, ownerId, name }, id)) !== null) {
        throw new ConflictError(
          "MACRO_NAME_TAKEN",
          "There is one with this name already.",
        );
      }
      if (
        before === null &&
        (await countMacros(tx, siteId, ownerId)) >= MAX_MACROS
      ) {
        throw new BadInputError(
          `There are ${String(MAX_MACROS)} already: remove one first.`,
          ["input"],
        );
      }
      const after =
        before === null
          ? await insertMacro(tx, {
              ...written,
              id: newId(this.#deps.clock.now()),
              siteId,
              ownerId,
            })
          : await updateMacro(tx, before.id, written);
      await dropKeptReason(tx, viewer, keptAs(after), id ?? siteId);
      record({
        type: before === null ? "macro.created" : "macro.changed",
        ...subjectOf(after),
        ...changesOf(before, after, COLUMNS),
        details: {},
      });
      return after;
    });
  }
}

async function lockOf(
  tx: Tx,
  viewer: Viewer,
  id: string,
): Promise<ReportMacro> {
  const found = isUuid(id)
    ? await lockMacro(tx, visibleMacros(viewer), id)
    : null;
  if (found === null) throw new NotFoundError("macro");
  return found;
}

/** What somebody types of it is kept as. */
function keptAs({ ownerId }: Pick<ReportMacro, "ownerId">): KeptReasonKind {
  return ownerId === null ? "SITE_MACRO" : "OWN_MACRO";
}

function subjectOf({ id, siteId }: ReportMacro) {
  return { siteId, patientId: null, subject: { type: "macro" as const, id } };
}
