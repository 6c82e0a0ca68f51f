import { describe, expect, it } from "vitest";
import {
  FILMS_BEFORE_WATCH,
  changeLevel,
  newChangeWatch,
  watchNext,
  watchedFilms,
} from "./change-watch.ts";
import { seededRandom } from "./seeded-random.ts";

const BINS = 100;

type Source = (random: () => number) => number;

/** Films up to the first alarm; null where none came within `films`. */
function filmsToAlarm(
  films: number,
  source: Source,
  seed: number,
  watch = newChangeWatch(BINS),
): { at: number | null; watch: typeof watch } {
  const random = seededRandom(seed);
  let current = watch;
  for (let film = 1; film <= films; film += 1) {
    const value = source(random);
    const bin = Math.min(BINS - 1, Math.max(0, Math.floor(value * BINS)));
    current = watchNext(current, bin, random());
    if (changeLevel(current) >= 1) return { at: film, watch: current };
  }
  return { at: null, watch: current };
}

/** Films until the alarm after `quiet` films of `before`. */
function delay(quiet: number, before: Source, after: Source, seed: number) {
  const rest = filmsToAlarm(quiet, before, seed);
  expect(rest.at).toBeNull();
  return filmsToAlarm(2_000, after, seed + 1_000, rest.watch).at;
}

/** Sum of twelve uniforms: close to normal, mean `mean`. */
const normal =
  (mean: number, deviation: number): Source =>
  (random) => {
    let total = -6;
    for (let n = 0; n < 12; n += 1) total += random();
    return mean + deviation * total;
  };

describe("the watch for a change", () => {
  // Mean grey of phantoms (tests/inference/drift.test.ts has the films) varies
  // like this.
  const film = (exposure: number): Source => normal(0.506 * exposure, 0.0424);

  it("says at most once in 10,000 films that something changed where nothing did", () => {
    // Ten watches, as a desk has of one stream: none may cry wolf twice, and
    // the stated rate lets one in a hundred cry once.
    let alarms = 0;
    for (let seed = 1; seed <= 10; seed += 1) {
      if (filmsToAlarm(10_000, film(1), seed).at !== null) alarms += 1;
    }
    expect(alarms).toBeLessThanOrEqual(1);
  });

  it.each([
    ["a mean lower by one deviation", normal(0.46, 0.04)],
    ["a mean higher by one deviation", normal(0.54, 0.04)],
    ["a spread twice as wide", normal(0.5, 0.08)],
    ["a spread of a third", normal(0.5, 0.013)],
  ])("alarms %s within 300 films", (_name, after) => {
    for (let seed = 1; seed <= 5; seed += 1) {
      const films = delay(2_000, normal(0.5, 0.04), after, seed);
      expect(films).toBeLessThanOrEqual(300);
    }
  });

  it("sees that refusals become frequent", () => {
    const refused =
      (share: number): Source =>
      (random) =>
        random() < share ? 1 : 0;
    expect(delay(2_000, refused(0.02), refused(0.3), 3)).toBeLessThanOrEqual(
      200,
    );
  });

  it("stays quiet on ties: one value for ever is no change", () => {
    expect(filmsToAlarm(10_000, () => 0.5, 7).at).toBeNull();
  });

  it("only learns from the first films, and counts them all", () => {
    const { watch } = filmsToAlarm(FILMS_BEFORE_WATCH, film(1), 1);
    expect(changeLevel(watch)).toBe(0);
    expect(watchedFilms(watch)).toBe(FILMS_BEFORE_WATCH);
    expect(watch.statistics.every((value) => value === null)).toBe(true);
  });

  it("refuses a bin that it does not have", () => {
    expect(() => watchNext(newChangeWatch(3), 3, 0.5)).toThrow(RangeError);
    expect(() => watchNext(newChangeWatch(3), -1, 0.5)).toThrow(RangeError);
    expect(() => watchNext(newChangeWatch(3), 1.5, 0.5)).toThrow(RangeError);
  });
});
