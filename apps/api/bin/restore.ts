import { restore } from "../src/commands/restore.ts";
import { readBackupEnvironment } from "../src/config.ts";

restore(process.argv.slice(2), readBackupEnvironment(), {
  out: process.stdout,
  err: process.stderr,
}).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`The copy was not brought back. ${message}\n`);
    process.exitCode = 1;
  },
);
