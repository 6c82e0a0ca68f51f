import { readFile } from "node:fs/promises";
import { DeskClient, DeskError } from "./desk-client.ts";
import { signInWith } from "./desk-sign-in.ts";
import { findFilms } from "./find-films.ts";
import { ConfigError, type ImportEnvironment } from "../config.ts";
import { ImportNotes } from "./import-notes.ts";
import { UsageError, parseImportOptions } from "./import-options.ts";
import { createProgress, type Terminal } from "./import-progress.ts";
import { runImport, type ImportCounts } from "./import-run.ts";

const DEMO_EMAIL = "staff@demo.lung-iris";

/**
 * The whole command but its process: 0 when every film was taken or known,
 * 1 when the run could not be finished or, with `--strict`, a film was not
 * taken. Throws `UsageError` and `DeskError`.
 */
export async function importCommand(
  args: readonly string[],
  environment: ImportEnvironment,
  io: { out: Terminal; err: Terminal; signal: AbortSignal },
): Promise<number> {
  const options = parseImportOptions(args);
  const url = options.url ?? environment.defaultUrl;
  const details = await readDetails(options.detailsFile);
  const desk = new DeskClient(url);
  const signIn = await signInWith(desk, {
    email: options.email,
    environment,
    demoEmail: DEMO_EMAIL,
    does: "imports",
  });
  await signIn();
  const siteId = await desk.siteId(options.site);
  const notes = await ImportNotes.open(
    environment.notesFolder,
    `${url} ${siteId}`,
    options.isFresh,
  );
  const total = countInBackground(options.paths);
  const progress = createProgress(io.err, () => total.value);
  try {
    const counts = await runImport(findFilms(options.paths), {
      desk,
      notes,
      reporter: progress,
      fields: {
        siteId,
        ...(details === null ? {} : { details }),
        ...(options.takeAsChest ? { takeAs: "chest" } : {}),
      },
      signIn,
      atOnce: options.atOnce,
      signal: io.signal,
    });
    progress.end();
    io.out.write(`${summary(counts)}\n`);
    if (io.signal.aborted) {
      io.err.write("Stopped. Run the same command again to go on.\n");
      return 1;
    }
    const isIncomplete = counts.refused + counts.unreadable > 0;
    return options.isStrict && isIncomplete ? 1 : 0;
  } finally {
    progress.end();
  }
}

async function readDetails(file: string | null): Promise<string | null> {
  if (file === null) return null;
  try {
    const text = await readFile(file, "utf8");
    JSON.parse(text);
    return text;
  } catch {
    throw new UsageError(`The details file ${file} cannot be read as JSON.`);
  }
}

/** Counts while films already go out, so that nobody waits for the count. */
function countInBackground(paths: readonly string[]): {
  value: number | null;
} {
  const total: { value: number | null } = { value: null };
  const count = async (): Promise<void> => {
    const files = findFilms(paths);
    let found = 0;
    while ((await files.next()).done !== true) found += 1;
    total.value = found;
  };
  count().catch(() => undefined); // the bar goes without a total
  return total;
}

function summary(counts: ImportCounts): string {
  const { accepted, duplicate, refused, unreadable, skipped } = counts;
  const parts = [
    `${String(accepted)} new`,
    `${String(duplicate)} already there`,
    `${String(refused)} refused`,
    `${String(unreadable)} unreadable`,
  ];
  if (counts.withoutPatient > 0) {
    parts.push(`${String(counts.withoutPatient)} to be told whose they are`);
  }
  if (counts.setAside > 0) {
    parts.push(`${String(counts.setAside)} set aside: not films`);
  }
  if (skipped > 0) parts.push(`${String(skipped)} done by an earlier run`);
  return parts.join(", ");
}

/** The sentence for an error that ends the command. */
export function importFailure(error: unknown): string {
  if (
    error instanceof UsageError ||
    error instanceof DeskError ||
    error instanceof ConfigError
  ) {
    return error.message;
  }
  return error instanceof Error
    ? (error.stack ?? error.message)
    : String(error);
}
