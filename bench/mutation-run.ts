import { displayValue } from "@lung-iris/dicom";
import { decodeFilm, type Film } from "@lung-iris/inference";

import { mutate, seededNumbers, type Mutation } from "./mutate.ts";
import { twins, type Twin } from "./mutation-twins.ts";

/** Mean difference, as a part of the range, from which a picture is another. */
const WRONG = 0.02;
const LIMITS = { minSide: 16 };

/** What became of the damaged copies of one film. */
export interface MutationTally {
  name: string;
  films: number;
  refused: number;
  /** Shown with `damaged-picture`: not assessed. */
  damaged: number;
  /** Shown with a warning that the whole film lacks, and equal to it. */
  warned: number;
  /** Shown with such a warning, or that damage would not show, and another picture. */
  warnedWrong: number;
  /** Shown as the whole film is, and equal to it within 2 %. */
  whole: number;
  /** Shown as whole although the picture is another: one line each. */
  silent: string[];
}

/**
 * Damages films of every kind in turn and compares each that is decoded with
 * its whole twin. The same seed damages the same bytes.
 */
export async function runMutations(
  filmsOfEach: number,
  seed: number,
  kinds: readonly string[] = [],
  ofTwin: (twin: Twin, own: Film) => Promise<Film> = ownReading,
): Promise<MutationTally[]> {
  const random = seededNumbers(seed);
  const tallies: MutationTally[] = [];
  for (const twin of await twins()) {
    if (kinds.length > 0 && !kinds.some((kind) => twin.name.includes(kind))) {
      for (let i = 0; i < filmsOfEach; i++) mutate(twin.bytes, random);
      continue;
    }
    const tally = emptyTally(twin.name);
    const own = await decodeFilm(twin.bytes, LIMITS);
    const reference = await ofTwin(twin, own);
    for (let i = 0; i < filmsOfEach; i++) {
      await judge(twin, mutate(twin.bytes, random), reference, tally);
    }
    tallies.push(tally);
  }
  return tallies;
}

function ownReading(_twin: Twin, own: Film): Promise<Film> {
  return Promise.resolve(own);
}

async function judge(
  twin: Twin,
  { bytes, what }: Mutation,
  reference: Film,
  tally: MutationTally,
): Promise<void> {
  tally.films += 1;
  const film = await decodeFilm(bytes, LIMITS).catch(() => null);
  if (film === null) tally.refused += 1;
  else if (film.warnings.includes("damaged-picture")) tally.damaged += 1;
  else {
    const error = difference(film, reference);
    const isSaid =
      film.warnings.includes("damage-would-not-show") ||
      film.warnings.some((warning) => !reference.warnings.includes(warning));
    if (error <= WRONG) tally[isSaid ? "warned" : "whole"] += 1;
    else if (isSaid) tally.warnedWrong += 1;
    else {
      const percent = (100 * error).toFixed(1);
      tally.silent.push(`${twin.name}, ${what}: off by ${percent} %`);
    }
  }
}

/**
 * Mean difference of what is shown, through each film's own window, as a part of
 * black to white; 1 for another size.
 */
function difference(film: Film, reference: Film): number {
  if (film.width !== reference.width || film.height !== reference.height) {
    return 1;
  }
  const [shown, whole] = [shownGreys(film), shownGreys(reference)];
  let sum = 0;
  for (let i = 0; i < film.pixels.length; i++)
    sum += Math.abs(
      (shown[film.pixels[i] ?? 0] ?? 0) -
        (whole[reference.pixels[i] ?? 0] ?? 0),
    );
  return sum / film.pixels.length;
}

/** 0 to 1 of each value that a pixel can have. */
function shownGreys({ maxValue, window }: Film): Float32Array {
  return Float32Array.from({ length: maxValue + 1 }, (_, value) =>
    displayValue(value, window),
  );
}

function emptyTally(name: string): MutationTally {
  return {
    name,
    films: 0,
    refused: 0,
    damaged: 0,
    warned: 0,
    warnedWrong: 0,
    whole: 0,
    silent: [],
  };
}
