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
  /** Shown with a warning that the whole film lacks, or that none would show. */
  warned: number;
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
): Promise<MutationTally[]> {
  const random = seededNumbers(seed);
  const tallies: MutationTally[] = [];
  for (const twin of await twins()) {
    const tally = emptyTally(twin.name);
    const reference = await decodeFilm(twin.bytes, LIMITS);
    for (let i = 0; i < filmsOfEach; i++) {
      await judge(twin, mutate(twin.bytes, random), reference, tally);
    }
    tallies.push(tally);
  }
  return tallies;
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
  else if (film.warnings.includes("damage-would-not-show")) tally.warned += 1;
  else if (film.warnings.some((w) => !reference.warnings.includes(w))) {
    tally.warned += 1;
  } else {
    const error = difference(film, reference);
    if (error <= WRONG) tally.whole += 1;
    else {
      const percent = (100 * error).toFixed(1);
      tally.silent.push(`${twin.name}, ${what}: off by ${percent} %`);
    }
  }
}

/** Mean difference of grey as a part of the range; 1 for another size. */
function difference(film: Film, reference: Film): number {
  if (film.width !== reference.width || film.height !== reference.height) {
    return 1;
  }
  let sum = 0;
  for (let i = 0; i < film.pixels.length; i++) {
    sum += Math.abs(
      (film.pixels[i] ?? 0) / film.maxValue -
        (reference.pixels[i] ?? 0) / reference.maxValue,
    );
  }
  return sum / film.pixels.length;
}

function emptyTally(name: string): MutationTally {
  return {
    name,
    films: 0,
    refused: 0,
    damaged: 0,
    warned: 0,
    whole: 0,
    silent: [],
  };
}
