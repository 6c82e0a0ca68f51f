import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { readManifest, type ManifestRow } from "@lung-iris/inference";
import type { KnownFilm } from "./known-film.ts";

/** Splits that no model learnt from: "val", "adult-val". */
const VALIDATION = /(?:^|-)val$/u;
/** Of each source, half of them sick where there are so many: minutes, not hours. */
const MOST_OF_A_KIND = 40;
/** A source with fewer says nothing by itself. */
const LEAST_OF_A_KIND = 8;

/** Where public films lie on this machine, and which manifest names them. */
export interface PublicFilms {
  manifestSha256: string;
  rows: readonly ManifestRow[];
}

/** They were named, and cannot be read here. */
export class PublicFilmsError extends Error {
  override readonly name = "PublicFilmsError";
}

/**
 * The public films of a manifest that candidates are judged on: those of
 * validation with a plain label, so many of each source. Which ones hangs on
 * their names alone, so that every candidate meets the same.
 *
 * @throws PublicFilmsError where there is no such manifest.
 */
export async function choosePublicFilms(
  manifest: string,
): Promise<PublicFilms> {
  try {
    const text = await readFile(manifest);
    const rows = await readManifest(manifest, null, () => undefined);
    return { manifestSha256: sha256(text), rows: chosenOf(rows) };
  } catch (error) {
    throw unreadable(error);
  }
}

/** Each with its bytes, read as they are asked for. */
export async function* publicFilms({
  rows,
}: PublicFilms): AsyncGenerator<{ film: KnownFilm; bytes: Buffer }> {
  for (const row of rows) {
    const bytes = await readFile(row.path).catch((error: unknown) => {
      throw unreadable(error);
    });
    const { source, patient, ageYears, sex, boxes } = row;
    const isSick = row.label === "pneumonia";
    const film: KnownFilm = {
      set: "REFERENCE",
      patient: `${source} ${patient}`,
      isSick,
      ageYears,
      sex,
      source,
      regions: isSick ? boxes : [],
    };
    yield { film, bytes };
  }
}

function chosenOf(rows: readonly ManifestRow[]): ManifestRow[] {
  const bySource = new Map<string, ManifestRow[]>();
  for (const row of rows) {
    if (!VALIDATION.test(row.split) || row.label === "other") continue;
    bySource.set(row.source, [...(bySource.get(row.source) ?? []), row]);
  }
  return [...bySource].flatMap(([, own]) => {
    const kinds = (["normal", "pneumonia"] as const).map((label) =>
      own
        .filter((row) => row.label === label)
        .map((row) => ({ row, key: sha256(Buffer.from(row.file)) }))
        .sort((a, b) => (a.key < b.key ? -1 : 1))
        .map(({ row }) => row),
    );
    return kinds.some((kind) => kind.length < LEAST_OF_A_KIND)
      ? []
      : kinds.flatMap((kind) => kind.slice(0, MOST_OF_A_KIND));
  });
}

function unreadable(cause: unknown): PublicFilmsError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new PublicFilmsError(
    `The public films of the reference set cannot be read here: ${why}`,
    { cause },
  );
}

function sha256(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}
