import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { z } from "zod";
import { StartFailure } from "./failure.ts";

const port = z.coerce.number().int().min(1).max(65_535);

const environment = z.object({
  LUNG_IRIS_WEB_PORT: port.default(3000),
  LUNG_IRIS_API_PORT: port.default(4000),
  LUNG_IRIS_DB_PORT: port.optional(),
  LUNG_IRIS_DATA: z.string().min(1).default("./.data"),
  LUNG_IRIS_HOST: z.string().min(1).default("127.0.0.1"),
  LUNG_IRIS_DEMO: z.enum(["0", "1"]).optional(),
  DATABASE_URL: z.url().optional(),
});

/** What the launcher itself needs to know; children parse the rest. */
export interface StartConfig {
  webPort: number;
  apiPort: number;
  databasePort: number | undefined;
  dataDir: string;
  host: string;
  demo: boolean;
  databaseUrl: string | undefined;
}

const LOOPBACK = new Set(["127.0.0.1", "localhost", "::1"]);

/** @throws StartFailure naming every setting that is wrong, at once. */
export function readConfig(values: NodeJS.ProcessEnv): StartConfig {
  // An empty variable means "not set", as in .env files.
  const given = Object.entries(values).filter(([, value]) => value !== "");
  const parsed = environment.safeParse(Object.fromEntries(given));
  if (!parsed.success) {
    const problems = parsed.error.issues.map(
      (issue) => `  ${issue.path.join(".")}: ${issue.message}`,
    );
    throw new StartFailure(
      `These settings are not usable (see .env.example):\n${problems.join("\n")}`,
    );
  }
  const env = parsed.data;
  if (env.LUNG_IRIS_WEB_PORT === env.LUNG_IRIS_API_PORT)
    throw new StartFailure(
      `LUNG_IRIS_WEB_PORT and LUNG_IRIS_API_PORT are both ${env.LUNG_IRIS_WEB_PORT}; they must differ.`,
    );
  const demoByDefault = LOOPBACK.has(env.LUNG_IRIS_HOST);
  return {
    webPort: env.LUNG_IRIS_WEB_PORT,
    apiPort: env.LUNG_IRIS_API_PORT,
    databasePort: env.LUNG_IRIS_DB_PORT,
    dataDir: resolve(env.LUNG_IRIS_DATA),
    host: env.LUNG_IRIS_HOST,
    demo:
      env.LUNG_IRIS_DEMO === undefined
        ? demoByDefault
        : env.LUNG_IRIS_DEMO === "1",
    databaseUrl: env.DATABASE_URL,
  };
}

/** The secret of this desk: made once, kept in the data folder, 256 bits. */
export async function readSecret(dataDir: string): Promise<string> {
  const file = join(dataDir, "secrets", "lung-iris-secret");
  if (!existsSync(file))
    await writeFile(file, randomBytes(32).toString("hex"), { mode: 0o600 });
  return (await readFile(file, "utf8")).trim();
}
