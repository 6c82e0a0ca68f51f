import { readImportEnvironment } from "../src/config.ts";
import { importCommand, importFailure } from "../src/import/import-command.ts";
import { USAGE, UsageError } from "../src/import/import-options.ts";

const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"]) {
  // The first signal lets films on their way end; the second is the system's.
  process.once(signal, () => stop.abort());
}

const args = process.argv.slice(2);
if (args.includes("--help") || args.includes("-h")) {
  process.stdout.write(USAGE);
  process.exit(0);
}

async function main(): Promise<number> {
  return importCommand(args, readImportEnvironment(), {
    out: process.stdout,
    err: process.stderr,
    signal: stop.signal,
  });
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${importFailure(error)}\n`);
    if (error instanceof UsageError) process.stderr.write(`\n${USAGE}`);
    process.exitCode = 1;
  },
);
