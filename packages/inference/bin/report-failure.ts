/** How a command of this package ends when it fails. */

/**
 * Says on standard error why a command failed and sets the exit status: 2 for
 * arguments that it does not know, 1 for everything else.
 *
 * @param command as typed after `npm run`.
 */
export function reportFailure(command: string, error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${message}\n`);
  process.exitCode = 1;
  if (!isArgumentError(error)) return;
  process.stderr.write(`npm run ${command} -- --help shows the usage.\n`);
  process.exitCode = 2;
}

/** True for what `parseArgs` of `node:util` throws. */
function isArgumentError(error: unknown): boolean {
  return (
    error instanceof Error &&
    "code" in error &&
    typeof error.code === "string" &&
    error.code.startsWith("ERR_PARSE_ARGS_")
  );
}
