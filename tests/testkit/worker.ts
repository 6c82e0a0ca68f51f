import { defaultModelDir } from "@lung-iris/inference";
import { createLogger } from "../../apps/api/src/logger.ts";
import {
  createFilmAssessor,
  createFilmReader,
  type FilmAssessor,
  type FilmReader,
} from "../../apps/api/src/platform/inference-client.ts";
import { createWorker } from "../../apps/api/src/worker.ts";
import type { TestServer } from "./server.ts";

export interface TestWorker {
  /** SHA-256 of the weights of what runs, in the order in which it was loaded. */
  modelSha256s(): string[];
  stop(): Promise<void>;
}

export interface TestWorkerOptions {
  /** Puts something between the worker and a model, for models that fail. */
  change?: (assessor: FilmAssessor) => FilmAssessor;
  /** Puts something between the worker and the decoder. */
  changeReader?: (reader: FilmReader) => FilmReader;
  /** Folders of models; the product's own where absent. */
  modelDirs?: readonly string[];
}

/** The real worker beside a test server, a thread a model, on wasm. */
export async function startTestWorker(
  server: TestServer,
  {
    change = (same) => same,
    changeReader = (same) => same,
    modelDirs,
  }: TestWorkerOptions = {},
): Promise<TestWorker> {
  const filmReader = await createFilmReader({ threads: 1 });
  const worker = await createWorker({
    config: server.config,
    database: server.appDatabase,
    clock: server.clock,
    logger: createLogger("error", {
      write: (line) => server.logLines.push(line),
    }),
    objectStore: server.objectStore,
    filmReader: changeReader(filmReader),
    modelDirs: modelDirs ?? [defaultModelDir()],
    openAssessor: async (modelDir) =>
      change(
        await createFilmAssessor({ modelDir, engine: "wasm", threads: 1 }),
      ),
  });
  return {
    modelSha256s: () =>
      worker.models.all.map(({ assessor }) => assessor.model.sha256),
    async stop() {
      await worker.stop();
      await filmReader.close();
    },
  };
}

/** A busy machine loads a model and asks it in that time. */
const PATIENCE_S = 150;

/** Waits until `done` holds; fails with what `describe` says after `seconds`. */
export async function until(
  done: () => Promise<boolean>,
  describe: string,
  seconds = PATIENCE_S,
): Promise<void> {
  const end = Date.now() + seconds * 1_000;
  while (!(await done())) {
    if (Date.now() > end) throw new Error(`waited in vain: ${describe}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Waits until the AI has looked at every film. */
export function untilAssessed(
  server: TestServer,
  seconds = PATIENCE_S,
): Promise<void> {
  return until(
    async () =>
      (await server.database.client.case.count({
        where: { assessment: "PENDING" },
      })) === 0,
    "a film is still pending",
    seconds,
  );
}

/** Waits until no job of any kind is left. */
export function untilNoJob(
  server: TestServer,
  seconds = PATIENCE_S,
): Promise<void> {
  return until(
    async () => {
      const rows = await server.database.client.$queryRaw<{ jobs: number }[]>`
        SELECT count(*)::int AS "jobs" FROM graphile_worker._private_jobs`;
      return rows[0]?.jobs === 0;
    },
    "a job is still there",
    seconds,
  );
}
