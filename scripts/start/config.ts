import { join, resolve } from "node:path";
import { readOrMakeSecret } from "@lung-iris/local-postgres";
import { z } from "zod";
import { unusable } from "./failure.ts";
import type { Listening } from "./ports.ts";

/** What one machine may run of a desk. */
const SERVICES = ["api", "worker", "trainer", "web"] as const;
export type ServiceName = (typeof SERVICES)[number];

const PORT = "must be a whole number from 1 to 65535";
const port = z
  .string()
  .regex(/^\d+$/, PORT)
  .transform(Number)
  .pipe(z.number().min(1, PORT).max(65_535, PORT));
const text = z.string().trim().min(1);

const databaseUrl = z.url({
  protocol: /^postgres(ql)?$/,
  error: "must be postgresql://USER:PASSWORD@HOST:PORT/DATABASE",
});

const environment = z.object({
  LUNG_IRIS_WEB_PORT: port.default(3000),
  LUNG_IRIS_API_PORT: port.default(4000),
  LUNG_IRIS_DB_PORT: port.optional(),
  LUNG_IRIS_DATA: text.default("./.data"),
  LUNG_IRIS_HOST: text.default("127.0.0.1"),
  LUNG_IRIS_SERVICES: z
    .string()
    .transform((names) => names.split(",").map((name) => name.trim()))
    .pipe(z.array(z.enum(SERVICES, `must be any of ${SERVICES.join(", ")}`)))
    .default([...SERVICES]),
  LUNG_IRIS_DEMO: z.enum(["0", "1"], "must be 0 or 1").optional(),
  LUNG_IRIS_SECRET: z
    .string()
    .min(32, "needs at least 32 characters")
    .optional(),
  LUNG_IRIS_API_URL: text.optional(),
  DATABASE_URL: databaseUrl.optional(),
  DATABASE_MIGRATE_URL: databaseUrl.optional(),
});

/** What the launcher itself needs to know; children parse the rest. */
export interface StartConfig {
  web: Listening;
  api: Listening;
  databasePort: number | undefined;
  dataDir: string;
  host: string;
  /** What this machine runs; all of it where nothing is said. */
  services: ReadonlySet<ServiceName>;
  demo: boolean;
  /** Undefined: the embedded server. */
  databaseUrl: string | undefined;
  /** The tables' owner there, for migrations; undefined: the same role. */
  migrateUrl: string | undefined;
  /** Undefined: the one that is kept in the data folder. */
  secret: string | undefined;
}

const SECRET_BYTES = 32;

/** @throws StartFailure naming every setting that is wrong, at once. */
export function readConfig(values: NodeJS.ProcessEnv): StartConfig {
  // An empty variable means "not set", as in .env files.
  const given = Object.entries(values).filter(([, value]) => value !== "");
  const parsed = environment.safeParse(Object.fromEntries(given));
  if (!parsed.success)
    throw unusable(
      parsed.error.issues.map(
        (issue) => `${issue.path.join(".")} ${issue.message}`,
      ),
    );
  const env = parsed.data;
  assertPortsDiffer(env);
  assertServicesFit(env);
  const host = env.LUNG_IRIS_HOST;
  return {
    web: {
      host,
      port: env.LUNG_IRIS_WEB_PORT,
      variable: "LUNG_IRIS_WEB_PORT",
    },
    api: {
      host,
      port: env.LUNG_IRIS_API_PORT,
      variable: "LUNG_IRIS_API_PORT",
    },
    databasePort: env.LUNG_IRIS_DB_PORT,
    dataDir: resolve(env.LUNG_IRIS_DATA),
    host,
    services: new Set(env.LUNG_IRIS_SERVICES),
    demo:
      env.LUNG_IRIS_DEMO === undefined
        ? isLoopback(host)
        : env.LUNG_IRIS_DEMO === "1",
    databaseUrl: env.DATABASE_URL,
    migrateUrl: env.DATABASE_MIGRATE_URL,
    secret: env.LUNG_IRIS_SECRET,
  };
}

/** Parts of a desk on several machines need a database that all can reach. */
function assertServicesFit(env: z.output<typeof environment>): void {
  const names = new Set(env.LUNG_IRIS_SERVICES);
  const problems: string[] = [];
  if (!names.has("api") && env.DATABASE_URL === undefined)
    problems.push(
      "LUNG_IRIS_SERVICES without api needs DATABASE_URL: the embedded database serves this machine's own API only",
    );
  if (env.DATABASE_MIGRATE_URL !== undefined && env.DATABASE_URL === undefined)
    problems.push(
      "DATABASE_MIGRATE_URL needs DATABASE_URL, the same database for the application's role",
    );
  if (names.has("web") && !names.has("api") && !env.LUNG_IRIS_API_URL)
    problems.push(
      "LUNG_IRIS_SERVICES with web and without api needs LUNG_IRIS_API_URL, where the API is",
    );
  if (problems.length > 0) throw unusable(problems);
}

function assertPortsDiffer(env: z.output<typeof environment>): void {
  const named = Object.entries(env).filter(
    ([name, value]) => name.endsWith("_PORT") && value !== undefined,
  );
  for (const [name, value] of named) {
    const other = named.find(
      (entry) => entry[1] === value && entry[0] !== name,
    );
    if (other !== undefined)
      throw unusable([
        `${name} and ${other[0]} are both ${String(value)}; they must differ`,
      ]);
  }
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || host.startsWith("127.");
}

/** The password of the embedded database's application role. */
export function readDatabasePassword(dataDir: string): Promise<string> {
  const file = join(dataDir, "secrets", "postgres-app-password");
  return readOrMakeSecret(file, 24);
}

/** The secret of this desk: made once, kept in the data folder, 256 bits. */
export function readSecret(dataDir: string): Promise<string> {
  const file = join(dataDir, "secrets", "lung-iris-secret");
  return readOrMakeSecret(file, SECRET_BYTES);
}
