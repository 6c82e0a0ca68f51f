import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ApiConfig } from "../../apps/api/src/config.ts";
import type { IdentityProvider } from "../../apps/api/src/features/auth/identity-provider.ts";
import { createLogger } from "../../apps/api/src/logger.ts";
import { DecodedFilms } from "../../apps/api/src/platform/decoded-films.ts";
import { createFilmReader } from "../../apps/api/src/platform/inference-client.ts";
import type { FilmReader } from "../../apps/api/src/platform/inference-client.ts";
import { createNotificationHub } from "../../apps/api/src/platform/notification-hub.ts";
import { createFolderObjectStore } from "../../apps/api/src/platform/object-store-folder.ts";
import type { ObjectStore } from "../../apps/api/src/platform/object-store.ts";
import { createServer } from "../../apps/api/src/server.ts";
import type { ApiServer } from "../../apps/api/src/server.ts";
import { TestClock } from "./clock.ts";
import { createTestDatabase } from "./database.ts";
import type { TestDatabase } from "./database.ts";

export interface TestServer extends TestDatabase {
  api: ApiServer;
  clock: TestClock;
  config: ApiConfig;
  objectStore: ObjectStore;
  /** Where the object store lies. */
  folder: string;
  /** What the server logged, line by line. */
  logLines: string[];
  /** "http://127.0.0.1:port" */
  address: string;
  stop(): Promise<void>;
}

export interface TestServerOptions {
  /** Starts the real decoder's worker threads, for tests that bring films. */
  films?: boolean;
  identityProvider?: IdentityProvider;
  /** Puts something between server and store, for stores that fail. */
  wrapObjectStore?: (store: ObjectStore) => ObjectStore;
  config?: Partial<ApiConfig>;
  /** Another server's database, for two desks on one; it stays with that. */
  database?: TestDatabase;
}

/**
 * The real server on a port of its own with a database of its own; only the
 * clock is a test's. Call `stop` in afterAll.
 */
export async function startTestServer(
  options: TestServerOptions = {},
): Promise<TestServer> {
  const testDatabase = options.database ?? (await createTestDatabase());
  const folder = await mkdtemp(join(tmpdir(), "lung-iris-objects-"));
  const clock = new TestClock();
  const logLines: string[] = [];
  const logger = createLogger("info", { write: (line) => logLines.push(line) });
  const notifications = createNotificationHub({
    databaseUrl: testDatabase.appUrl,
    log: logger,
  });
  const folderStore = await createFolderObjectStore({ folder });
  const objectStore = options.wrapObjectStore?.(folderStore) ?? folderStore;
  const decoded = new DecodedFilms(folder);
  await decoded.clear();
  const filmReader =
    options.films === true
      ? await createFilmReader({ threads: 1, decoded })
      : noFilmReader;
  const config = {
    ...testConfig(testDatabase.appUrl, folder),
    ...options.config,
  };
  const api = await createServer({
    config,
    database: testDatabase.appDatabase,
    clock,
    logger,
    objectStore,
    notifications,
    filmReader,
    identityProvider: options.identityProvider ?? null,
  });
  await notifications.start();
  const { port } = await api.listen(0, "127.0.0.1");
  return {
    ...testDatabase,
    api,
    clock,
    config,
    objectStore,
    folder,
    logLines,
    address: `http://127.0.0.1:${String(port)}`,
    async stop() {
      await api.close();
      await notifications.stop();
      await filmReader.close();
      if (options.database === undefined) await testDatabase.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function testConfig(databaseUrl: string, folder: string): ApiConfig {
  return {
    host: "127.0.0.1",
    port: 0,
    dataFolder: folder,
    isDemo: false,
    secret: "only-for-tests-0123456789-0123456789",
    signatureProofSeconds: 15 * 60,
    database: { url: databaseUrl, poolSize: 10 },
    objectStore: { kind: "folder", folder },
    inference: { engine: "wasm", modelFolders: [], workers: 1 },
    baseFilms: null,
    referenceFilms: null,
    timeZone: "UTC",
    uploadMaxBytes: 100 * 1024 * 1024,
    oidc: null,
    trustProxy: "",
    webUrl: null,
    deskUrl: "http://desk.example",
    outboundNetworks: "",
    metricsToken: null,
    logLevel: "info",
  };
}

function refuse(): Promise<never> {
  return Promise.reject(
    new Error("this test server reads no films: start it with films: true"),
  );
}

const noFilmReader: FilmReader = {
  inspect: refuse,
  thumbnail: refuse,
  share: refuse,
  hasText: refuse,
  drawings: refuse,
  pixels: refuse,
  readHeader: refuse,
  leaveOut: refuse,
  header: refuse,
  close: () => Promise.resolve(),
};
