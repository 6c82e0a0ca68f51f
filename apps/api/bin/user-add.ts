import { userAdd } from "../src/commands/user-add.ts";
import { readCommandEnvironment } from "../src/config.ts";

userAdd(process.argv.slice(2), readCommandEnvironment(), {
  out: process.stdout,
  err: process.stderr,
  input: process.stdin,
}).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`Nobody was added. ${message}\n`);
    process.exitCode = 1;
  },
);
