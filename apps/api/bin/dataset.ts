import { readImportEnvironment } from "../src/config.ts";
import { datasetCommand } from "../src/dataset-command/dataset-command.ts";
import { USAGE } from "../src/dataset-command/dataset-options.ts";
import { importFailure } from "../src/import/import-command.ts";
import { UsageError } from "../src/import/import-options.ts";

const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"]) {
  // The first signal ends it in order; the second is the system's.
  process.once(signal, () => stop.abort());
}

const args = process.argv.slice(2);
if (args.includes("--help") || args.includes("-h")) {
  process.stdout.write(USAGE);
  process.exit(0);
}

datasetCommand(args, readImportEnvironment(), {
  out: process.stdout,
  err: process.stderr,
  signal: stop.signal,
}).catch((error: unknown) => {
  const text = stop.signal.aborted
    ? "Stopped. The desk goes on writing the dataset; it is on the page Export."
    : importFailure(error);
  process.stderr.write(`${text}\n`);
  if (error instanceof UsageError) process.stderr.write(`\n${USAGE}`);
  process.exitCode = 1;
});
