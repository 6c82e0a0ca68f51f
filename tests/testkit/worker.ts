import { defaultModelDir } from "@lung-iris/inference";
import { createLogger } from "../../apps/api/src/logger.ts";
import {
  createFilmAssessor,
  createFilmReader,
  type FilmAssessor,
} from "../../apps/api/src/platform/inference-client.ts";
import { createWorker } from "../../apps/api/src/worker.ts";
import type { TestServer } from "./server.ts";

export interface TestWorker {
  assessor: FilmAssessor;
  stop(): Promise<void>;
}

/** The real model on the engine that every machine has, in one thread. */
export function realAssessor(): Promise<FilmAssessor> {
  return createFilmAssessor({
    modelDir: defaultModelDir(),
    engine: "wasm",
    threads: 1,
  });
}

/**
 * The real worker beside a test server. `change` puts something between it
 * and the model, for models that fail.
 */
export async function startTestWorker(
  server: TestServer,
  change: (assessor: FilmAssessor) => FilmAssessor = (same) => same,
): Promise<TestWorker> {
  const assessor = change(await realAssessor());
  const filmReader = await createFilmReader({ threads: 1 });
  const worker = await createWorker({
    config: server.config,
    database: server.database,
    clock: server.clock,
    logger: createLogger("error", {
      write: (line) => server.logLines.push(line),
    }),
    objectStore: server.objectStore,
    assessor,
    filmReader,
    modelDir: defaultModelDir(),
  });
  return {
    assessor,
    async stop() {
      await worker.stop();
      await assessor.close();
      await filmReader.close();
    },
  };
}

/** Waits until `done` holds; fails with what `describe` says after `seconds`. */
export async function until(
  done: () => Promise<boolean>,
  describe: string,
  seconds = 60,
): Promise<void> {
  const end = Date.now() + seconds * 1_000;
  while (!(await done())) {
    if (Date.now() > end) throw new Error(`waited in vain: ${describe}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Waits until the AI has looked at every film. */
export function untilAssessed(server: TestServer, seconds = 60): Promise<void> {
  return until(
    async () =>
      (await server.database.client.case.count({
        where: { assessment: "PENDING" },
      })) === 0,
    "a film is still pending",
    seconds,
  );
}
