import { backup } from "../src/commands/backup.ts";
import { readBackupEnvironment } from "../src/config.ts";

backup(process.argv.slice(2), readBackupEnvironment(), {
  out: process.stdout,
  err: process.stderr,
}).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`No copy was made. ${message}\n`);
    process.exitCode = 1;
  },
);
