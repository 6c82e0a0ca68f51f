import type { DatabaseClient, Tx, WorklistView } from "@lung-iris/prisma";
import { z } from "zod";
import { assertUserCan, can } from "../../access/authorize.ts";
import { visibleViews } from "../../access/scope.ts";
import type { UserViewer, Viewer } from "../../access/viewer.ts";
import type { AuditLog } from "../../audit/audit-log.ts";
import { changesOf } from "../../audit/changes.ts";
import { ConflictError, NotFoundError } from "../../errors.ts";
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
import { readsBlind } from "../blindness/blindness.ts";
import type { SitePolicies } from "../policies/site-policies.ts";
import { assertFree, makeRoom, snapshotsOf } from "./view.rules.ts";
import type { ViewChange } from "./view.rules.ts";
import {
  checkName,
  checkSettings,
  readSettings,
  tellsAi,
} from "./view-settings.ts";
import type { ViewSettings } from "./view-settings.ts";
import {
  chosenDefault,
  findDefault,
  insertView,
  listViews,
  lockDefault,
  lockShelf,
  lockView,
  putDefault,
  updateView,
} from "./view.store.ts";

/** How long a removed view can be brought back. */
const UNDO_MINUTES = 60;
const cursorSchema = z.tuple([z.string(), z.uuid()]);

export interface ViewRequest {
  name: string;
  /** As given; `checkSettings` says what they must be. */
  settings: object;
}

interface Deps {
  client: DatabaseClient;
  audit: AuditLog;
  clock: Clock;
  policies: SitePolicies;
}

/** Worklists as people set them out: their own, and those shared with a site. */
export class ViewService {
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /**
   * The viewer's own views and those shared with him, by name.
   *
   * @param siteId leaves out what is shared with other sites
   */
  async list(
    viewer: Viewer,
    siteId: string | null,
    { first, after }: PageRequest,
  ): Promise<Page<WorklistView>> {
    assertUserCan(viewer, "view:own", siteOf(siteId));
    const size = pageSize(first);
    const cursor = after ? decodeCursor(after, cursorSchema) : null;
    const here = siteId === null ? {} : { OR: [{ siteId: null }, { siteId }] };
    const rows = await listViews(
      this.#deps.client,
      { AND: [visibleViews(viewer), here] },
      {
        after: cursor && { name: cursor[0], id: cursor[1] },
        take: size + 1,
      },
    );
    return toPage(rows, size, after, ({ name, id }) =>
      encodeCursor([name, id]),
    );
  }

  /**
   * The view that the viewer's worklist opens with: null without one, and
   * where he may no longer see or use it.
   */
  async findDefault(viewer: Viewer): Promise<WorklistView | null> {
    assertUserCan(viewer, "view:own");
    const { client } = this.#deps;
    const view = await findDefault(client, visibleViews(viewer), viewer.userId);
    return view !== null && (await this.mayUse(viewer, view)) ? view : null;
  }

  /** Whether the viewer may change, share or remove it. */
  canEdit(viewer: Viewer, { siteId, ownerId }: WorklistView): boolean {
    if (siteId !== null) return can(viewer, "view:share", siteId);
    return viewer.kind === "user" && viewer.userId === ownerId;
  }

  /**
   * Whether the viewer may use it: not one that sorts or filters by what the
   * AI says where he reads blind, at the view's site or any of his own.
   */
  async mayUse(viewer: Viewer, view: WorklistView): Promise<boolean> {
    if (!tellsAi(readSettings(view.settings))) return true;
    return !(await this.#isBlind(viewer, view.siteId));
  }

  /** Keeps the worklist as it is set out, as a view of the viewer's own. */
  create(viewer: Viewer, request: ViewRequest): Promise<WorklistView> {
    assertUserCan(viewer, "view:own");
    return this.#change(viewer, async (tx) => {
      const shelf = { siteId: null, ownerId: viewer.userId };
      const written = await this.#written(viewer, request, null);
      await makeRoom(tx, shelf);
      await assertFree(tx, shelf, written.name, null);
      const id = newId(this.#deps.clock.now());
      const after = await insertView(tx, { ...written, ...shelf, id });
      return { type: "view.created", before: null, after };
    });
  }

  /**
   * Gives a view another name or other settings.
   *
   * @throws VIEW_NAME_TAKEN, AI_HIDDEN, NOT_FOUND or BAD_USER_INPUT.
   */
  change(
    viewer: Viewer,
    id: string,
    request: ViewRequest,
  ): Promise<WorklistView> {
    assertUserCan(viewer, "view:own");
    return this.#change(viewer, async (tx) => {
      const before = await this.#lock(tx, viewer, id);
      const written = await this.#written(viewer, request, before.siteId);
      await lockShelf(tx, before);
      await assertFree(tx, before, written.name, id);
      const after = await updateView(tx, id, written);
      return { type: "view.changed", before, after };
    });
  }

  /**
   * Shares a view with a site; null takes it back to whoever made it.
   *
   * @throws VIEW_NAME_TAKEN or NOT_FOUND.
   */
  share(
    viewer: Viewer,
    id: string,
    siteId: string | null,
  ): Promise<WorklistView> {
    assertUserCan(viewer, "view:share", siteOf(siteId));
    return this.#change(viewer, async (tx) => {
      const before = await this.#lock(tx, viewer, id);
      if (before.siteId === siteId) return { before, after: before };
      const shelf = { siteId, ownerId: before.ownerId };
      await makeRoom(tx, shelf);
      await assertFree(tx, shelf, before.name, id);
      const after = await updateView(tx, id, { siteId });
      return { type: "view.shared", before, after };
    });
  }

  /** Removes a view, which `restore` brings back within the hour. */
  remove(viewer: Viewer, id: string): Promise<WorklistView> {
    assertUserCan(viewer, "view:own");
    return this.#change(viewer, async (tx) => {
      const before = await this.#lock(tx, viewer, id);
      const deletedAt = this.#deps.clock.now();
      const after = await updateView(tx, id, { deletedAt });
      return { type: "view.deleted", before, after };
    });
  }

  /**
   * Brings back a view that was just removed.
   *
   * @throws VIEW_NAME_TAKEN, or NOT_FOUND also for one removed too long ago.
   */
  restore(viewer: Viewer, id: string): Promise<WorklistView> {
    assertUserCan(viewer, "view:own");
    return this.#change(viewer, async (tx) => {
      const before = await this.#lock(tx, viewer, id, "removed");
      await makeRoom(tx, before);
      await assertFree(tx, before, before.name, id);
      const after = await updateView(tx, id, { deletedAt: null });
      return { type: "view.restored", before, after };
    });
  }

  /**
   * Has the viewer's worklist open with a view, or with the usual list.
   *
   * @throws AI_HIDDEN or NOT_FOUND.
   */
  async chooseDefault(
    viewer: Viewer,
    id: string | null,
  ): Promise<WorklistView | null> {
    assertUserCan(viewer, "view:own");
    const { userId } = viewer;
    return this.#deps.audit.changeAndRecord(viewer, async (tx, record) => {
      await lockDefault(tx, userId);
      const view = id === null ? null : await this.#find(tx, viewer, id);
      if (view !== null)
        await this.#assertMayTellAi(
          viewer,
          readSettings(view.settings),
          view.siteId,
        );
      const before = { viewId: await chosenDefault(tx, userId) };
      const after = { viewId: view?.id ?? null };
      if (before.viewId === after.viewId) return view;
      await putDefault(tx, userId, after.viewId);
      record({
        type: "view.default-chosen",
        siteId: null,
        patientId: null,
        subject: { type: "user", id: userId },
        ...changesOf(before, after, ["viewId"]),
        details: {},
      });
      return view;
    });
  }

  /** One change of a view with its event, in one transaction. */
  #change(
    viewer: UserViewer,
    work: (tx: Tx) => Promise<ViewChange>,
  ): Promise<WorklistView> {
    return this.#deps.audit.changeAndRecord(viewer, async (tx, record) => {
      const { type, before, after } = await work(tx);
      if (type === undefined) return after;
      // Which site's trail it stands in: where it is, or was, shared.
      const siteId = after.siteId ?? before?.siteId ?? null;
      record({
        type,
        siteId,
        patientId: null,
        subject: { type: "view", id: after.id },
        ...snapshotsOf(type, before, after),
        details: {},
      });
      return after;
    });
  }

  /** A view that the viewer may change, held until the transaction ends. */
  async #lock(
    tx: Tx,
    viewer: Viewer,
    id: string,
    which: "kept" | "removed" = "kept",
  ): Promise<WorklistView> {
    const view = await this.#find(tx, viewer, id, which);
    if (!this.canEdit(viewer, view)) throw new NotFoundError("view");
    return view;
  }

  async #find(
    tx: Tx,
    viewer: Viewer,
    id: string,
    which: "kept" | "removed" = "kept",
  ): Promise<WorklistView> {
    const since = new Date(
      this.#deps.clock.now().getTime() - UNDO_MINUTES * 60_000,
    );
    const scope =
      which === "kept" ? visibleViews(viewer) : visibleViews(viewer, since);
    const found = isUuid(id) ? await lockView(tx, scope, id) : null;
    if (found === null) throw new NotFoundError("view");
    return found;
  }

  async #written(
    viewer: Viewer,
    request: ViewRequest,
    siteId: string | null,
  ): Promise<{ name: string; settings: ViewSettings }> {
    const name = checkName(request.name);
    const settings = checkSettings(request.settings);
    await this.#assertMayTellAi(viewer, settings, siteId);
    return { name, settings };
  }

  async #assertMayTellAi(
    viewer: Viewer,
    settings: ViewSettings,
    siteId: string | null,
  ): Promise<void> {
    if (!tellsAi(settings) || !(await this.#isBlind(viewer, siteId))) return;
    throw new ConflictError(
      "AI_HIDDEN",
      "Under blind reading the list is not sorted or filtered by what the AI says.",
    );
  }

  async #isBlind(viewer: Viewer, siteId: string | null): Promise<boolean> {
    const own = viewer.kind === "user" ? viewer.siteIds : [];
    for (const id of siteId === null ? own : [siteId]) {
      const { document } = await this.#deps.policies.current(id);
      if (readsBlind(viewer, id, document.reading.mode)) return true;
    }
    return false;
  }
}

function siteOf(siteId: string | null) {
  return siteId === null ? undefined : { what: "site", siteId };
}
