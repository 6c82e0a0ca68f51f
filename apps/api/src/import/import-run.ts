import { setTimeout as sleep } from "node:timers/promises";
import { DeskError, type DeskClient, type FilmAnswer } from "./desk-client.ts";
import { problemOf, type Found, type FoundFile } from "./find-films.ts";
import type { ImportNotes } from "./import-notes.ts";

export interface ImportCounts {
  accepted: number;
  duplicate: number;
  refused: number;
  unreadable: number;
  /** Done by an earlier run and unchanged since. */
  skipped: number;
  /** Beside the films and none: the index of a CD, a viewer, thumbnails. */
  setAside: number;
  /** Of the accepted ones: nobody knows yet whose they are. */
  withoutPatient: number;
}

/** What is said while the run goes on. */
export interface ImportReporter {
  /** One line about one file: refused, unreadable, or accepted with a note. */
  line(text: string): void;
  progress(counts: Readonly<ImportCounts>, bytes: number): void;
}

export interface ImportRunDeps {
  desk: Pick<DeskClient, "upload">;
  notes: ImportNotes;
  reporter: ImportReporter;
  /** Fields sent before each film: site, details. */
  fields: Readonly<Record<string, string>>;
  /** Signs in anew after a session has ended. */
  signIn: () => Promise<void>;
  atOnce: number;
  signal: AbortSignal;
  /** Waits between tries, in milliseconds. */
  waits?: readonly number[];
}

const WAITS = [500, 1_000, 2_000, 4_000, 8_000, 15_000];

/**
 * Sends every file, a few at once. A file that is refused or cannot be read
 * is a line; a desk that does not answer is waited for and ends the run with
 * a `DeskError` when it stays away.
 */
export async function runImport(
  files: AsyncIterator<Found>,
  deps: ImportRunDeps,
): Promise<ImportCounts> {
  const counts: ImportCounts = {
    accepted: 0,
    duplicate: 0,
    refused: 0,
    unreadable: 0,
    skipped: 0,
    setAside: 0,
    withoutPatient: 0,
  };
  let bytes = 0;
  let failure: Error | null = null;
  // A function: lanes change it while others wait.
  const hasFailed = (): boolean => failure !== null;
  const lane = async (): Promise<void> => {
    while (!hasFailed() && !deps.signal.aborted) {
      const next = await files.next();
      if (next.done === true) return;
      try {
        await importOne(next.value, deps, counts);
      } catch (error) {
        failure ??= error instanceof Error ? error : new Error(String(error));
        return;
      }
      if ("size" in next.value) bytes += next.value.size;
      deps.reporter.progress(counts, bytes);
    }
  };
  await Promise.all(Array.from({ length: deps.atOnce }, lane));
  // The lanes have ended, so it is what the first of them left.
  if (hasFailed()) throw failure as unknown as Error;
  return counts;
}

async function importOne(
  file: Found,
  deps: ImportRunDeps,
  counts: ImportCounts,
): Promise<void> {
  const { notes, reporter } = deps;
  if ("aside" in file) {
    counts.setAside += 1;
    reporter.line(`${file.path}: set aside, not a film`);
    return;
  }
  if ("problem" in file) {
    counts.unreadable += 1;
    reporter.line(`${file.path}: ${file.problem}`);
    return;
  }
  if (notes.outcomeOf(file) !== null) {
    counts.skipped += 1;
    return;
  }
  let answer: FilmAnswer;
  try {
    answer = await uploadPatiently(file, deps);
  } catch (error) {
    if (error instanceof DeskError) throw error;
    counts.unreadable += 1;
    reporter.line(`${file.path}: ${problemOf(error)}`);
    return;
  }
  if (answer.outcome === "set-aside") counts.setAside += 1;
  else counts[answer.outcome] += 1;
  if (answer.code === "unknown-patient") counts.withoutPatient += 1;
  const isWorthALine =
    answer.outcome === "refused" ||
    answer.outcome === "set-aside" ||
    answer.code === "patient-mismatch";
  if (isWorthALine && answer.message !== null) {
    reporter.line(`${file.path}: ${answer.message}`);
  }
  await notes.add(file, answer.outcome);
}

async function uploadPatiently(
  file: FoundFile,
  deps: ImportRunDeps,
): Promise<FilmAnswer> {
  const waits = deps.waits ?? WAITS;
  let hasSignedInAnew = false;
  for (let attempt = 0; ; attempt++) {
    try {
      return await deps.desk.upload(file, deps.fields);
    } catch (error) {
      if (!(error instanceof DeskError)) throw error;
      if (error.status === 401 && !hasSignedInAnew) {
        hasSignedInAnew = true;
        await deps.signIn();
        continue;
      }
      const wait = waits[attempt];
      if (!error.mayPass || wait === undefined || deps.signal.aborted) {
        throw error;
      }
      await sleep(wait);
    }
  }
}
