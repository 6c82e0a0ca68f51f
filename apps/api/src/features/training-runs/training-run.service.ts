import type {
  DatabaseClient,
  TrainingKind,
  TrainingLogLine,
  TrainingPoint,
} from "@lung-iris/prisma";
import { assertCan, assertUserCan } from "../../access/authorize.ts";
import { visibleTrainingRuns } from "../../access/scope.ts";
import type { Viewer } from "../../access/viewer.ts";
import type { AuditLog } from "../../audit/audit-log.ts";
import { BadInputError, ConflictError, NotFoundError } from "../../errors.ts";
import type { Clock } from "../../platform/clock.ts";
import { isUuid, newId } from "../../platform/ids.ts";
import {
  BY_ID,
  byNumber,
  pageBy,
  type Page,
  type PageRequest,
} from "../../platform/pagination.ts";
import type { BarsService } from "../bars/bars.service.ts";
import type { DatasetService } from "../datasets/dataset.service.ts";
import type { ModelRoleCommands } from "../models/model-role.commands.ts";
import {
  datasetRefusal,
  isCandidateName,
  stateAfter,
  type TrainingCommand,
} from "./training-run.rules.ts";
import {
  findRun,
  insertRun,
  isNameTaken,
  listLines,
  listPoints,
  listRuns,
  lockRun,
  updateRun,
  type TrainingRunRow,
} from "./training-run.store.ts";
import { SETTINGS, type TrainingSettings } from "./training-settings.ts";

export type { TrainingRunRow } from "./training-run.store.ts";

/** A run has a point an evaluation; a chart of more cannot be read. */
export const MOST_POINTS = 1_000;
const MOST_EVALUATIONS = 200;
const DEFAULT_SEED = 20_261_129;
const MOST_SEED = 2_147_483_647;

export interface StartTrainingRequest {
  siteId: string;
  kind: TrainingKind;
  datasetId: string;
  /** The candidate's. */
  name: string;
  /** The bars that were seen: those in force, or nothing starts. */
  barsVersion: number;
  seed?: number | null;
  /** As they came in; what is left out is as shipped. */
  settings: unknown;
}

export interface TrainingRunServiceDeps {
  client: DatabaseClient;
  audit: AuditLog;
  clock: Clock;
  bars: BarsService;
  datasets: DatasetService;
  roles: ModelRoleCommands;
}

/** The making of candidates: asked for, halted, gone on with, watched. */
export class TrainingRunService {
  readonly #deps: TrainingRunServiceDeps;

  constructor(deps: TrainingRunServiceDeps) {
    this.#deps = deps;
  }

  /**
   * Asks for a run from the site's live model on a frozen dataset; a trainer
   * takes it.
   *
   * @throws NOT_FOUND, BAD_USER_INPUT, BARS_CHANGED where other bars were
   *   declared than those that were seen, or CONFLICT where nothing may be
   *   learnt from the dataset.
   */
  start(
    viewer: Viewer,
    request: StartTrainingRequest,
  ): Promise<TrainingRunRow> {
    const { siteId, kind, datasetId } = request;
    assertUserCan(viewer, "training:run", { what: "site", siteId });
    const name = nameFrom(request.name);
    const seed = seedFrom(request.seed);
    const settings = settingsFrom(kind, request.settings);
    const { audit, clock, bars, datasets, roles } = this.#deps;
    return audit.changeAndRecord(viewer, async (tx, record) => {
      const base = await roles.lockLive(tx, siteId);
      const declared = await bars.inForce(tx, siteId);
      if (declared.version !== request.barsVersion)
        throw new ConflictError(
          "BARS_CHANGED",
          `Version ${String(declared.version)} of the bars is in force. Look at it before the run starts: it is what the candidate will be held to.`,
          { details: { version: declared.version } },
        );
      const { dataset, learning } = await datasets.toLearnFrom(
        tx,
        viewer,
        datasetId,
      );
      if (dataset.siteId !== siteId) throw new NotFoundError("dataset");
      const { sha256 } = dataset;
      if (dataset.state !== "READY" || sha256 === null)
        throw new ConflictError(
          "CONFLICT",
          "This dataset is not frozen yet: a run learns from a finished one.",
        );
      const refusal = datasetRefusal(learning);
      if (refusal !== null)
        throw new ConflictError("CONFLICT", refusal.detail, {
          details: { reason: refusal.code },
        });
      if (await isNameTaken(tx, name))
        throw new BadInputError("Another model or run has this name.", [
          "input.name",
        ]);
      const now = clock.now();
      const row = await insertRun(tx, {
        id: newId(now),
        siteId,
        kind,
        name,
        datasetId: dataset.id,
        datasetSha256: sha256,
        baseId: base.id,
        baseFingerprint: base.fingerprint,
        barsId: declared.id,
        settings: { ...settings },
        seed,
        byId: viewer.userId,
        byName: viewer.name,
        byEmail: viewer.email,
        createdAt: now,
      });
      record({
        type: "training.requested",
        subject: { type: "training", id: row.id },
        siteId,
        patientId: null,
        after: { state: row.state },
        details: {
          kind,
          name,
          datasetId: dataset.id,
          datasetSha256: sha256,
          base: base.name,
          baseFingerprint: base.fingerprint,
          barsVersion: declared.version,
          seed,
          settings: { ...settings },
          films: learning.films,
          evergreen: learning.evergreen,
        },
      });
      return row;
    });
  }

  /**
   * Halts a run, lets it go on, or ends it for good. The trainer follows
   * within seconds; what a halted run had reached is kept.
   *
   * @throws NOT_FOUND, or CONFLICT where the run's state has no such way on.
   */
  command(
    viewer: Viewer,
    id: string,
    command: TrainingCommand,
  ): Promise<TrainingRunRow> {
    assertUserCan(viewer, "training:run");
    const { audit, clock } = this.#deps;
    return audit.changeAndRecord(viewer, async (tx, record) => {
      const before = isUuid(id)
        ? await lockRun(tx, visibleTrainingRuns(viewer), id)
        : null;
      if (before === null) throw new NotFoundError("training run");
      const { siteId, kind, name } = before;
      assertUserCan(viewer, "training:run", { what: "training run", siteId });
      const state = stateAfter(before.state, command);
      if (state === null)
        throw new ConflictError(
          "CONFLICT",
          `This run is ${before.state.toLowerCase()}: it cannot be told to ${command}.`,
        );
      const row = await updateRun(tx, id, {
        state,
        ...(state === "STOPPED" ? { finishedAt: clock.now() } : {}),
        ...(command === "resume" ? { attempts: 0 } : {}),
      });
      record({
        type: EVENT_OF[command],
        subject: { type: "training", id },
        siteId,
        patientId: null,
        before: { state: before.state },
        after: { state },
        details: { kind, name },
      });
      return row;
    });
  }

  /** Every run of a site, the newest first. */
  async list(
    viewer: Viewer,
    siteId: string,
    { first, after }: PageRequest,
  ): Promise<Page<TrainingRunRow>> {
    assertCan(viewer, "training:read", { what: "site", siteId });
    return pageBy({ first, after }, BY_ID, (beyond, take) =>
      listRuns(
        this.#deps.client,
        { AND: [visibleTrainingRuns(viewer), { siteId }] },
        beyond,
        take,
      ),
    );
  }

  /** `null` where there is none or the viewer may not see it. */
  async find(viewer: Viewer, id: string): Promise<TrainingRunRow | null> {
    assertCan(viewer, "training:read");
    if (!isUuid(id)) return null;
    const scope = visibleTrainingRuns(viewer);
    return findRun(this.#deps.client, { AND: [scope, { id }] });
  }

  /** The curves of a run that the viewer was given. */
  points(
    viewer: Viewer,
    { id, siteId }: TrainingRunRow,
  ): Promise<TrainingPoint[]> {
    assertCan(viewer, "training:read", { what: "training run", siteId });
    return listPoints(this.#deps.client, id, MOST_POINTS);
  }

  /** Its log, the newest line first. */
  async log(
    viewer: Viewer,
    { id, siteId }: TrainingRunRow,
    { first, after }: PageRequest,
  ): Promise<Page<TrainingLogLine>> {
    assertCan(viewer, "training:read", { what: "training run", siteId });
    return pageBy(
      { first, after },
      byNumber<TrainingLogLine>(({ seq }) => seq),
      (beyond, take) => listLines(this.#deps.client, id, beyond, take),
    );
  }
}

const EVENT_OF = {
  pause: "training.paused",
  resume: "training.resumed",
  stop: "training.stopped",
} as const;

function nameFrom(text: string): string {
  const name = text.trim();
  if (isCandidateName(name)) return name;
  throw new BadInputError(
    "A candidate's name has 1 to 60 small letters, digits, dots and hyphens, and begins and ends with a letter or digit.",
    ["input.name"],
  );
}

function seedFrom(seed: number | null | undefined): number {
  const value = seed ?? DEFAULT_SEED;
  if (Number.isInteger(value) && value >= 0 && value <= MOST_SEED) return value;
  throw new BadInputError(
    `A seed is a whole number from 0 to ${String(MOST_SEED)}.`,
    ["input.seed"],
  );
}

function settingsFrom(kind: TrainingKind, given: unknown): TrainingSettings {
  const parsed = SETTINGS[kind].safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new BadInputError(
      issue?.message ?? "These settings cannot be used.",
      [["input.settings", ...(issue?.path ?? [])].join(".")],
    );
  }
  const { data } = parsed;
  if (isTooOften(data))
    throw new BadInputError(
      `A run is measured at most ${String(MOST_EVALUATIONS)} times: let more steps lie between.`,
      ["input.settings.evaluateEvery"],
    );
  return data;
}

function isTooOften(settings: TrainingSettings): boolean {
  return (
    "steps" in settings &&
    settings.steps / settings.evaluateEvery > MOST_EVALUATIONS
  );
}
