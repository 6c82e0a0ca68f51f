import { createDatabase } from "@lung-iris/prisma";
import { AuditLog } from "../src/audit/audit-log.ts";
import { readConfig } from "../src/config.ts";
import { closeDemoAccounts } from "../src/demo/demo-accounts.ts";
import { readDatabaseClock } from "../src/platform/database-clock.ts";

/**
 * Deactivates what a demo left in the database. Takes no arguments; reads the
 * same environment as the API. Prints the address of each user that was still
 * active, one a line; refuses in demo mode.
 */
async function main(): Promise<number> {
  const config = readConfig();
  if (config.isDemo) {
    process.stderr.write("Demo mode is on; its users stay.\n");
    return 1;
  }
  const database = createDatabase(config.database.url, { poolSize: 1 });
  try {
    const { client } = database;
    const clock = await readDatabaseClock(client);
    const audit = new AuditLog(client, clock);
    for (const email of await closeDemoAccounts(audit, clock))
      process.stdout.write(`${email}\n`);
    return 0;
  } finally {
    await database.close();
  }
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    const text = error instanceof Error ? error.message : String(error);
    process.stderr.write(`The demo users could not be deactivated. ${text}\n`);
    process.exit(1);
  },
);
