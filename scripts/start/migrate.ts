import {
  APPLICATION_ROLE,
  MigrationError,
  applicationRoleProblems,
  grantApplication,
  migrateDeploy,
} from "@lung-iris/prisma/migrate";
import { type StartConfig, readDatabasePassword } from "./config.ts";
import { StartFailure } from "./failure.ts";

/**
 * Brings the database to the newest migration as the tables' owner and
 * answers the URL that API and worker use: of a role that owns nothing.
 *
 * @throws MigrationError, or StartFailure where it is a matter of settings.
 */
export async function migrateDatabase(
  config: StartConfig,
  /** Of the embedded server's superuser, or DATABASE_URL. */
  databaseUrl: string,
  say: (line: string) => void,
): Promise<string> {
  const isEmbedded = config.databaseUrl === undefined;
  const ownerUrl = config.migrateUrl ?? databaseUrl;
  try {
    await migrateDeploy(ownerUrl);
    // Needs the generated client, which a fresh clone has only by now.
    const { migrateJobs } =
      await import("../../apps/api/src/platform/job-queue.ts");
    await migrateJobs(ownerUrl);
    const applicationUrl = isEmbedded
      ? await embeddedRole(config.dataDir, ownerUrl)
      : databaseUrl;
    if (config.migrateUrl !== undefined)
      await grantApplication(ownerUrl, {
        name: decodeURIComponent(new URL(applicationUrl).username),
      });
    for (const problem of await applicationRoleProblems(applicationUrl))
      say(
        `Attention: the database's role ${problem}. See "Two roles" in docs/operations.md.`,
      );
    return applicationUrl;
  } catch (error) {
    if (isEmbedded || !(error instanceof Error)) throw error;
    const names =
      config.migrateUrl === undefined
        ? "DATABASE_URL"
        : "DATABASE_URL and DATABASE_MIGRATE_URL";
    throw new StartFailure(
      `${error instanceof MigrationError ? error.message : `The database could not be prepared: ${error.message}.`}\nCheck ${names} and that the server runs, or unset both to use the embedded database.`,
    );
  }
}

async function embeddedRole(
  dataDir: string,
  ownerUrl: string,
): Promise<string> {
  const password = await readDatabasePassword(dataDir);
  await grantApplication(ownerUrl, { name: APPLICATION_ROLE, password });
  const url = new URL(ownerUrl);
  url.username = APPLICATION_ROLE;
  url.password = password;
  return url.href;
}
