import { withTransaction, type DatabaseClient } from "@lung-iris/prisma";
import type { Logger } from "../../logger.ts";
import { addSeconds, type Clock } from "../../platform/clock.ts";
import { newId } from "../../platform/ids.ts";
import type { AlarmDesk } from "../alarms/alarm-desk.ts";
import { LEADING_FINDING } from "../findings/finding-catalogue.ts";
import { readCurrentRoles } from "../models/current-roles.ts";
import type { LoadedModel, LoadedModels } from "../models/loaded-models.ts";
import { rolesAt } from "../models/model-roles.rules.ts";
import { goldenFilms } from "./golden-films.ts";
import { goldenSubject, isSameAnswer } from "./golden.rules.ts";
import type { GoldenFilm } from "./make-golden-films.ts";
import { firstRun, insertRun, lockFilm, newestRuns } from "./golden.store.ts";

export interface GoldenDeps {
  client: DatabaseClient;
  clock: Clock;
  alarms: AlarmDesk;
  models: Pick<LoadedModels, "all">;
  /** Name of the worker's machine. */
  host: string;
  logger: Logger;
}

const DAY_SECONDS = 86_400;
/** A worker that has not run for so long is gone, and its alarm with it. */
const GONE_DAYS = 2;

interface RunOfModel {
  modelVersionId: string;
  subject: string;
  isSame: boolean;
  /** The film that differs most, where one does. */
  film: string;
  probability: number | null;
  reference: number | null;
}

/**
 * Sends the shipped films through this worker's own live models, once a day
 * each, and says where an answer is not the one of the first time.
 */
export class GoldenService {
  readonly #deps: GoldenDeps;
  /** When a model was last run here; a new process runs all. */
  readonly #ranAt = new Map<string, Date>();

  constructor(deps: GoldenDeps) {
    this.#deps = deps;
  }

  /** Runs the live models that are due; cheap where none is. */
  async run(): Promise<void> {
    const { client, clock, models } = this.#deps;
    const now = clock.now();
    const live = await liveModelIds(client);
    const due = models.all.filter(({ version }) => {
      const ranAt = this.#ranAt.get(version.id);
      return (
        live.has(version.id) &&
        (ranAt === undefined || addSeconds(ranAt, DAY_SECONDS) <= now)
      );
    });
    if (due.length === 0) return;
    const films = await goldenFilms();
    for (const model of due) {
      for (const film of films) await this.#answer(model, film);
      this.#ranAt.set(model.version.id, now);
    }
    await this.#settle();
  }

  async #answer({ assessor, version }: LoadedModel, film: GoldenFilm) {
    const { client, clock, host, logger } = this.#deps;
    const { findings } = await assessor.assess(film.bytes, {});
    const leading = findings.find(({ code }) => code === LEADING_FINDING);
    const probability = leading?.probability ?? null;
    const modelVersionId = version.id;
    await withTransaction(client, async (tx) => {
      await lockFilm(tx, modelVersionId, film.name);
      const first = await firstRun(tx, modelVersionId, film.name);
      const reference = first === null ? probability : first.probability;
      const isSame = isSameAnswer(probability, reference);
      const now = clock.now();
      await insertRun(tx, {
        id: newId(now),
        modelVersionId,
        film: film.name,
        host,
        engine: assessor.engine,
        ranAt: now,
        probability,
        reference,
        isSame,
      });
      if (!isSame) {
        const what = { model: version.name, film: film.name, probability };
        logger.error({ ...what, reference }, "a golden film was answered anew");
      }
    });
  }

  /** The alarms of every site, of all workers' newest runs. */
  async #settle(): Promise<void> {
    const { client, clock, alarms } = this.#deps;
    const roles = await readCurrentRoles(client);
    const live = await liveModelIds(client);
    const since = addSeconds(clock.now(), -GONE_DAYS * DAY_SECONDS);
    const names = await client.modelVersion.findMany({
      where: { id: { in: [...live] } },
      select: { id: true, name: true },
    });
    const nameOf = new Map(names.map(({ id, name }) => [id, name]));
    const runs = (await newestRuns(client, [...live], since)).map((run) => ({
      ...run,
      subject: goldenSubject(
        run.host,
        run.engine,
        nameOf.get(run.modelVersionId) ?? run.modelVersionId,
      ),
    }));
    const sites = await client.site.findMany({ select: { id: true } });
    for (const { id } of sites) {
      const own = runs.filter(
        (run) => run.modelVersionId === rolesAt(id, roles).live,
      );
      await alarms.settle("GOLDEN_FILM", id, changedOf(own, clock.now()));
    }
  }
}

/** One alarm a worker and model, with the first film that differs. */
function changedOf(runs: readonly RunOfModel[], since: Date) {
  const changed = new Map<string, RunOfModel>();
  for (const run of runs)
    if (!run.isSame && !changed.has(run.subject)) changed.set(run.subject, run);
  return [...changed.values()].map(
    ({ subject, film, probability, reference }) => ({
      subject,
      since,
      figures: { film, probability, reference },
    }),
  );
}

async function liveModelIds(client: DatabaseClient): Promise<Set<string>> {
  const roles = await readCurrentRoles(client);
  return new Set(
    roles
      .filter(({ role }) => role === "LIVE")
      .map(({ modelVersionId }) => modelVersionId),
  );
}
