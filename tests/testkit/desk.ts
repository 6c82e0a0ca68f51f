import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ApiConfig } from "@lung-iris/api/src/config.ts";
import { createLogger } from "@lung-iris/api/src/logger.ts";
import { createFilmReader } from "@lung-iris/api/src/platform/inference-client.ts";
import { createNotificationHub } from "@lung-iris/api/src/platform/notification-hub.ts";
import type { ObjectStore } from "@lung-iris/api/src/platform/object-store.ts";
import { openObjectStore } from "@lung-iris/api/src/platform/open-object-store.ts";
import { type ApiServer, createServer } from "@lung-iris/api/src/server.ts";
import { ApiClient } from "./client.ts";
import { createTestClock, type TestClock } from "./clock.ts";
import { createTestDatabase, type TestDatabase } from "./database.ts";

/** A whole API on a real database and a free port, with a clock of its own. */
export interface TestDesk {
  url: string;
  database: TestDatabase;
  client: TestDatabase["client"];
  clock: TestClock;
  objectStore: ObjectStore;
  server: ApiServer;
  config: ApiConfig;
  /** The API as nobody. */
  anonymous: ApiClient;
  close(): Promise<void>;
}

export async function openDesk(
  changes: Partial<ApiConfig> = {},
): Promise<TestDesk> {
  const folder = await mkdtemp(join(tmpdir(), "lung-iris-desk-"));
  const database = await createTestDatabase();
  const clock = createTestClock();
  const config = testConfig(folder, database.url, changes);
  const logger = createLogger("silent");
  const notifications = createNotificationHub({
    databaseUrl: database.url,
    log: logger,
  });
  const filmReader = await createFilmReader({ threads: 1 });
  const objectStore = await openObjectStore(config.objectStore);
  const server = await createServer({
    config,
    database,
    clock,
    logger,
    objectStore,
    notifications,
    filmReader,
    identityProvider: null,
  });
  await notifications.start();
  const { port } = await server.listen(0, "127.0.0.1");
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    database,
    client: database.client,
    clock,
    objectStore,
    server,
    config,
    anonymous: new ApiClient(url),
    async close() {
      await server.close();
      await notifications.stop();
      await filmReader.close();
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function testConfig(
  folder: string,
  databaseUrl: string,
  changes: Partial<ApiConfig>,
): ApiConfig {
  return {
    host: "127.0.0.1",
    port: 0,
    dataFolder: folder,
    isDemo: false,
    secret: "a secret of the tests, never of a desk",
    database: { url: databaseUrl, poolSize: 8 },
    objectStore: { kind: "folder", folder: join(folder, "objects") },
    inference: { engine: "wasm", modelFolder: null, workers: 1 },
    uploadMaxBytes: 100 * 2 ** 20,
    oidc: null,
    trustProxy: "loopback",
    logLevel: "silent",
    ...changes,
  };
}
