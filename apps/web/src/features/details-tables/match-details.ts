import type { DetailsLine, DetailsTable } from "./details-table.ts";
import type { FilmDetails } from "../film-details/film-details.ts";

/** Which line of a table is about which film. */
export interface DetailsMatch {
  /** By the films' names, as they were given. */
  byFilm: ReadonlyMap<string, Partial<FilmDetails>>;
  /** Names of lines that belong to no film here. */
  unmatched: readonly string[];
  /** Names of films to which several lines could belong, or of such a line. */
  ambiguous: readonly string[];
}

/** Endings that say that a file is a film; what else stands behind a dot is name. */
const PICTURE_ENDING = /\.(?:dcm|dicom|png|jpe?g)$/u;

/** From the surest to the loosest; a looser one is asked where no surer fits. */
const SAME_FILE: readonly ((line: string, film: string) => boolean)[] = [
  (line, film) => line === film,
  (line, film) => isEndOf(line, film) || isEndOf(film, line),
  (line, film) => bare(line) === bare(film),
  (line, film) =>
    isEndOf(bare(line), bare(film)) || isEndOf(bare(film), bare(line)),
];

/**
 * Finds each film's line: by its whole path, then by the end of the path that
 * both have, then without the ending of a picture. Nothing is filled in where
 * two lines could mean one film, or one line two films.
 */
export function matchDetails(
  table: DetailsTable,
  films: readonly string[],
): DetailsMatch {
  const lines = table.lines.map((line) => ({ line, path: plain(line.file) }));
  const ambiguous = new Set<string>();
  const claims = new Map<DetailsLine, { film: string; rank: number }[]>();
  const named = new Set<DetailsLine>();
  for (const film of new Set(films)) {
    const path = plain(film);
    const isTwice = films.filter((other) => other === film).length > 1;
    const rank = SAME_FILE.findIndex((same) =>
      lines.some((one) => same(one.path, path)),
    );
    const same = SAME_FILE[rank];
    if (!same) continue;
    const found = lines.filter((one) => same(one.path, path));
    for (const { line } of found) named.add(line);
    const [first, ...others] = found;
    if (first && others.length === 0 && !isTwice) {
      const claim = { film, rank };
      claims.set(first.line, [...(claims.get(first.line) ?? []), claim]);
    } else {
      ambiguous.add(film);
    }
  }
  const byFilm = new Map<string, Partial<FilmDetails>>();
  for (const [line, claimed] of claims) {
    const best = Math.min(...claimed.map(({ rank }) => rank));
    const surest = claimed.filter(({ rank }) => rank === best);
    const [only] = surest;
    if (only && surest.length === 1) byFilm.set(only.film, line.details);
    // A looser claim beside a sure one is about another film of that name.
    for (const { film } of claimed) if (!byFilm.has(film)) ambiguous.add(film);
  }
  const unmatched = table.lines.filter((line) => !named.has(line));
  return {
    byFilm,
    unmatched: unmatched.map(({ file }) => file),
    ambiguous: [...ambiguous],
  };
}

/** One way to write a path: no drive, no leading dots, no capitals. */
function plain(path: string): string {
  return path
    .trim()
    .normalize("NFC")
    .replaceAll("\\", "/")
    .replace(/^(?:[a-z]:)?(?:\.{0,2}\/)+/iu, "")
    .toLowerCase();
}

/** Whole names only: "1.png" is no end of "film-1.png". */
function isEndOf(end: string, path: string): boolean {
  return path.endsWith(`/${end}`);
}

function bare(path: string): string {
  return path.replace(PICTURE_ENDING, "");
}
