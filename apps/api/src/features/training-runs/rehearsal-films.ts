import { existsSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { csvCell } from "../../platform/csv.ts";
import type { BarsDocument } from "../bars/bars-document.ts";
import {
  PHANTOM_SIDE,
  referenceFilms,
} from "../known-films/reference-films.ts";

/** Seeds far from any that a desk is likely to name. */
const FIRST_SEED = 1_500_000_000;
const SEEDS = 1_000_000;
const MOST_FILMS = 2_000;

/**
 * Where the seeds of a run's synthetic films begin: never among those that its
 * candidate will be judged on.
 */
export function rehearsalSeed(
  seed: number,
  judged: BarsDocument["phantoms"],
): number {
  const from = FIRST_SEED + (seed % SEEDS);
  const isApart =
    from + MOST_FILMS <= judged.seed || judged.seed + judged.films <= from;
  return isApart ? from : judged.seed + judged.films;
}

/**
 * Draws synthetic films with a manifest, the same for the same seed; films of
 * a former try are used again. Null where it was told to stop.
 */
export async function drawRehearsal(options: {
  folder: string;
  films: number;
  seed: number;
  onFilm: (done: number, total: number) => boolean;
}): Promise<string | null> {
  const { folder, films, seed, onFilm } = options;
  const manifest = join(folder, "manifest.csv");
  if (existsSync(manifest)) return manifest;
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const lines = ["file,label,split,patient_id,age,sex,boxes,width,height"];
  for await (const { film, bytes } of referenceFilms({ films, seed })) {
    const file = `${film.patient}.png`;
    await writeFile(join(folder, file), bytes);
    const cells = [
      file,
      film.isSick ? "pneumonia" : "normal",
      "phantom",
      film.patient,
      film.ageYears,
      film.sex,
      film.regions.length === 0
        ? ""
        : JSON.stringify(
            film.regions.map(({ x, y, width, height }) => ({
              x,
              y,
              width,
              height,
            })),
          ),
      PHANTOM_SIDE,
      PHANTOM_SIDE,
    ];
    lines.push(cells.map((cell) => csvCell(cell)).join(","));
    if (onFilm(lines.length - 1, films)) return null;
  }
  // Last, so that it stands for all of them.
  await writeFile(manifest, `${lines.join("\n")}\n`);
  return manifest;
}
