import { spawn } from "node:child_process";

/**
 * Runs a program with the terminal handed through and returns its exit code
 * (128 + n for a signal, as shells count).
 */
export function runCommand(
  command: string,
  args: string[],
  options: { cwd: string; env?: NodeJS.ProcessEnv },
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      stdio: "inherit",
      ...options,
      env: { ...process.env, ...options.env },
    });
    child.once("error", reject);
    child.once("close", (code, signal) =>
      resolve(code ?? (signal === null ? 1 : 128)),
    );
  });
}
