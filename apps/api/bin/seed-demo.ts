import { join } from "node:path";
import { createDatabase } from "@lung-iris/prisma";
import { ConfigError, readConfig } from "../src/config.ts";
import { seedDemo } from "../src/demo/seed-demo.ts";
import { createFilmReader } from "../src/platform/inference-client.ts";
import { migrateJobs } from "../src/platform/job-queue.ts";
import { openObjectStore } from "../src/platform/open-object-store.ts";

/**
 * Fills an empty desk with the demo's patients. Takes no arguments; reads the
 * same environment as the API. Says on standard output, one line each, what
 * it does; exits 0 when the demo stands, 1 otherwise.
 */
async function main(): Promise<number> {
  const config = readConfig();
  if (!config.isDemo) {
    process.stderr.write("Demo mode is off; nothing was seeded.\n");
    return 1;
  }
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"]) {
    process.once(signal, () => stop.abort());
  }
  await migrateJobs(config.database.url);
  const database = createDatabase(config.database.url, { poolSize: 2 });
  const filmReader = await createFilmReader({ threads: 1 });
  try {
    const result = await seedDemo({
      database,
      objectStore: await openObjectStore(
        config.objectStore,
        join(config.dataFolder, "staging"),
      ),
      filmReader,
      maxFilmBytes: config.uploadMaxBytes,
      secret: config.secret,
      signal: stop.signal,
      onProgress: (done, total) =>
        process.stdout.write(`demo films ${String(done)}/${String(total)}\n`),
    });
    process.stdout.write(`demo ${result}\n`);
    return result === "unfinished" ? 1 : 0;
  } finally {
    await filmReader.close();
    await database.close();
  }
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    const isConfig = error instanceof ConfigError;
    const text = error instanceof Error ? error : new Error(String(error));
    const detail = isConfig ? text.message : (text.stack ?? text.message);
    process.stderr.write(`The demo could not be seeded. ${detail}\n`);
    process.exit(1);
  },
);
