import { auditVerify } from "../src/commands/audit-verify.ts";
import { readCommandEnvironment } from "../src/config.ts";

auditVerify(process.argv.slice(2), readCommandEnvironment(), {
  out: process.stdout,
  err: process.stderr,
}).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`The audit chain could not be read. ${message}\n`);
    process.exitCode = 2;
  },
);
