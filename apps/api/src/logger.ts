import { pino } from "pino";
import type { Logger as PinoLogger } from "pino";
import { LineSink } from "./platform/line-sink.ts";

export type Logger = PinoLogger;

/**
 * Field names that carry people or secrets. Log calls pass identifiers only;
 * the list is the second line of defence for objects logged whole.
 */
const REDACTED = [
  "password",
  "token",
  "ticket",
  "authorization",
  "cookie",
  "idToken",
  "email",
  "name",
  "patientName",
  "mrn",
  "birthDate",
  "accessionNumber",
  "clinicalNote",
  "comment",
  "search",
  "searchText",
  "patientSearch",
  "variables",
];

const STANDARD_OUTPUT = 1;
let standardOutput: LineSink | undefined;

/** Made once a process: two of them would mix their lines. */
function toStandardOutput(): LineSink {
  if (standardOutput !== undefined) return standardOutput;
  const sink = new LineSink({
    fd: STANDARD_OUTPUT,
    describeDropped: (lines) =>
      JSON.stringify({
        level: "warn",
        time: new Date().toISOString(),
        dropped: lines,
        msg: "log lines were dropped: they could not be written",
      }),
  });
  process.on("exit", () => sink.flushSync());
  return (standardOutput = sink);
}

/** Lines of this process that could not be written (a full disk, a dead reader). */
export function droppedLogLines(): number {
  return standardOutput?.dropped ?? 0;
}

/**
 * Structured lines on standard output; no patient data in them. A line that
 * cannot be written never holds the process up: it is dropped and counted.
 */
export function createLogger(
  level: string,
  destination: { write(line: string): void } = toStandardOutput(),
): Logger {
  const options = {
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: {
      paths: REDACTED.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]),
      censor: "[redacted]",
    },
    serializers: { err: describeError },
  };
  return pino(options, destination);
}

/**
 * What a log line says of an error. Messages of unexpected errors can quote
 * row values (PostgreSQL's DETAIL does), so only the stack frames, names and
 * codes are kept; Prisma's own message is cut to its last line.
 */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error };
  const code = "code" in error ? error.code : undefined;
  const frames = (error.stack ?? "")
    .split("\n")
    .filter((line) => line.trimStart().startsWith("at "))
    .slice(0, 12);
  return {
    type: error.name,
    message: lastLine(error.message),
    ...(typeof code === "string" ? { code } : {}),
    stack: frames.join("\n"),
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  };
}

function lastLine(message: string): string {
  const lines = message.trim().split("\n");
  // Values in PostgreSQL messages stand in parentheses: "Key (mrn)=(123)".
  return (lines.at(-1) ?? "").replace(/=\([^)]*\)/g, "=(…)").slice(0, 500);
}
