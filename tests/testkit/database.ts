import { randomBytes } from "node:crypto";
import { connectionConfig, createDatabase } from "@lung-iris/prisma";
import type { Database } from "@lung-iris/prisma";
import pg from "pg";
import { inject } from "vitest";

declare module "vitest" {
  interface ProvidedContext {
    /** URL of the migrated database that every test copies. */
    templateUrl: string;
    /** The same for the application's role, which owns nothing. */
    templateAppUrl: string;
  }
}

export interface TestDatabase {
  /** As the tables' owner, for what tests set up and look up. */
  database: Database;
  url: string;
  /** As API and worker connect. */
  appDatabase: Database;
  appUrl: string;
  drop(): Promise<void>;
}

/** A database of the test file's own, copied from the migrated template. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const template = new URL(inject("templateUrl"));
  const templateName = template.pathname.slice(1);
  const name = `test_${randomBytes(6).toString("hex")}`;
  await asAdmin(
    template,
    `CREATE DATABASE "${name}" TEMPLATE "${templateName}"`,
  );
  // Of all that the template grants, a copy lacks what is the database's own.
  await asAdmin(template, `REVOKE TEMPORARY ON DATABASE "${name}" FROM PUBLIC`);
  const url = new URL(template);
  url.pathname = `/${name}`;
  const database = createDatabase(url.href, { poolSize: 10 });
  const appUrl = new URL(inject("templateAppUrl"));
  appUrl.pathname = `/${name}`;
  const appDatabase = createDatabase(appUrl.href, { poolSize: 10 });
  return {
    database,
    url: url.href,
    appDatabase,
    appUrl: appUrl.href,
    async drop() {
      await database.close();
      await appDatabase.close();
      await asAdmin(template, `DROP DATABASE "${name}" WITH (FORCE)`);
    },
  };
}

/**
 * Runs one statement on the maintenance database. Two files that copy the
 * template at once get in each other's way for a moment (SQLSTATE 55006), so
 * that is tried again.
 */
async function asAdmin(template: URL, statement: string): Promise<void> {
  const url = new URL(template);
  url.pathname = "/postgres";
  const client = new pg.Client(connectionConfig(url.href));
  await client.connect();
  try {
    for (let attempt = 1; ; attempt++) {
      try {
        await client.query(statement);
        return;
      } catch (error) {
        const isBusy =
          error instanceof pg.DatabaseError && error.code === "55006";
        if (!isBusy || attempt >= 50) throw error;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  } finally {
    await client.end();
  }
}
