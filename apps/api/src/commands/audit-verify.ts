import { createReadStream, createWriteStream } from "node:fs";
import { createInterface } from "node:readline";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import type { DatabaseClient } from "@lung-iris/prisma";
import { systemViewer } from "../access/viewer.ts";
import { AuditLog } from "../audit/audit-log.ts";
import { ChainExportService } from "../audit/chain-export.service.ts";
import type { KnownEvent } from "../audit/chain.ts";
import { CheckpointFolder } from "../audit/checkpoints/checkpoint-folder.ts";
import { verifyTrail } from "../audit/checkpoints/verify-trail.ts";
import { verifyLines } from "../audit/verify-chain.ts";
import type { Verification } from "../audit/verify-chain.ts";
import type { CommandEnvironment } from "../config.ts";
import { readDatabaseClock } from "../platform/database-clock.ts";
import { newRequestId } from "../platform/ids.ts";
import { CommandError, openCommandDatabase } from "./command-database.ts";

export const AUDIT_VERIFY_USAGE = `Usage: npm run audit:verify [-- [FILE] [--export FILE] [--expect SEQ:HASH]]

Walks the audit chain, in the database or in an exported FILE, and says which
event is the first that does not hold. The chain in the database is compared
with the checkpoints of the data folder (LUNG_IRIS_DATA/checkpoints), which
show a trail that was cut off or written anew as a whole.
  --export FILE      writes the whole chain of the database as JSON lines
  --expect SEQ:HASH  the chain must contain this end, noted down elsewhere
Exit code 0 when the chain holds, 1 when it is broken, 2 when it cannot be read.
`;

export interface CommandOutput {
  out: { write(text: string): unknown };
  err: { write(text: string): unknown };
}

/** Runs the command; returns its exit code. */
export async function auditVerify(
  args: readonly string[],
  env: CommandEnvironment,
  { out, err }: CommandOutput,
): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      export: { type: "string" },
      expect: { type: "string" },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help === true) {
    out.write(AUDIT_VERIFY_USAGE);
    return 0;
  }
  const known = readExpected(values.expect);
  const note = (line: string): void => void err.write(`${line}\n`);
  const started = performance.now();
  const [file] = positionals;
  const result =
    file === undefined
      ? await inDatabase(env, values.export, known, note)
      : await verifyFile(file, known, note);
  out.write(report(result, (performance.now() - started) / 1000));
  return result.ok ? 0 : 1;
}

async function inDatabase(
  env: CommandEnvironment,
  exportFile: string | undefined,
  known: readonly KnownEvent[],
  note: (line: string) => void,
): Promise<Verification> {
  const desk = await openCommandDatabase(env, { mayCreate: false, say: note });
  try {
    const { client } = desk.database;
    if (exportFile !== undefined) await exportChain(client, exportFile, note);
    const folder = new CheckpointFolder(env.dataFolder);
    const result = await verifyTrail(client, folder, {
      onProgress: progress(note),
      known,
    });
    note(
      result.checkpoints === 0
        ? `There is no checkpoint in ${folder.path}: a trail that was cut off as a whole would not show. A running desk writes one every few minutes.`
        : `Compared with ${result.checkpoints.toLocaleString("en")} checkpoints in ${folder.path}`,
    );
    return result;
  } finally {
    await desk.close();
  }
}

/** Writes every event and then the head, one JSON a line; audited. */
async function exportChain(
  client: DatabaseClient,
  file: string,
  note: (line: string) => void,
): Promise<void> {
  const exports = new ChainExportService(
    client,
    new AuditLog(client, await readDatabaseClock(client)),
  );
  // Whoever has a shell on this machine and the database's secret is trusted.
  const viewer = systemViewer("audit:verify", newRequestId());
  const { pieces, end } = await exports.chain(viewer);
  await pipeline(pieces, createWriteStream(file, { mode: 0o600 }));
  note(`Wrote ${end.seq} events to ${file}. Its end: ${end.seq}:${end.hash}`);
}

async function verifyFile(
  file: string,
  known: readonly KnownEvent[],
  note: (line: string) => void,
): Promise<Verification> {
  const input = createReadStream(file, { highWaterMark: 1024 * 1024 });
  const opened = new Promise<void>((resolve, reject) => {
    input.once("open", () => resolve());
    input.once("error", reject);
  });
  await opened.catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CommandError(`${file} cannot be read: ${reason}`);
  });
  const lines = createInterface({ input, crlfDelay: Infinity });
  return verifyLines(lines, { onProgress: progress(note), known });
}

function progress(note: (line: string) => void): (count: number) => void {
  return (count) => {
    if (count % 100_000 === 0)
      note(`${count.toLocaleString("en")} events hold so far`);
  };
}

function readExpected(text: string | undefined): KnownEvent[] {
  if (text === undefined) return [];
  const match = /^(\d{1,19}):([0-9a-f]{64})$/.exec(text);
  if (match?.[1] === undefined || match[2] === undefined) {
    throw new CommandError(
      "--expect wants a number and a hash, as the export prints them: SEQ:HASH",
    );
  }
  return [{ seq: match[1], hash: match[2], source: "--expect" }];
}

function report({ ok, count, through, broken }: Verification, seconds: number) {
  const speed = Math.round(count / Math.max(seconds, 0.001));
  const measured = `${count.toLocaleString("en")} events in ${seconds.toFixed(1)} s, ${speed.toLocaleString("en")}/s`;
  if (ok || broken === null)
    return `The audit chain holds: ${measured}. Its end: ${through.seq}:${through.hash}\n`;
  const where = broken.seq === null ? "" : ` at event ${broken.seq}`;
  return `The audit chain is broken${where}: ${broken.problem}. What comes before holds: ${measured}.\n`;
}
