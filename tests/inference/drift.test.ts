import { changeLevel, newChangeWatch, watchNext } from "@lung-iris/inference";
import { makePhantom, randomStream } from "@lung-iris/phantom";
import { describe, expect, it } from "vitest";

const BINS = 100;

/** The bar of the watch, on films: phantoms, and phantoms exposed otherwise. */
describe("a change of exposure", () => {
  const greys = Array.from({ length: 60 }, (_, seed) => {
    const { pixels, maxValue } = makePhantom({ seed, size: 64 });
    return pixels.reduce((sum, v) => sum + v, 0) / pixels.length / maxValue;
  });

  /** Films from the change to the alarm; negative for an alarm before it. */
  function filmsToAlarm(seed: number, exposure: number, quiet: number) {
    const random = randomStream(seed, "drift");
    let watch = newChangeWatch(BINS);
    for (let film = 1; film <= quiet + 1_000; film += 1) {
      const grey = greys[random.below(greys.length)] ?? 0;
      const value = film <= quiet ? grey : grey * exposure;
      const bin = Math.min(BINS - 1, Math.floor(value * BINS));
      watch = watchNext(watch, bin, random.next());
      if (changeLevel(watch) >= 1) return film - quiet;
    }
    return null;
  }

  it.each([0.8, 1.12])("to %s is alarmed within 200 films", (exposure) => {
    for (let seed = 1; seed <= 10; seed += 1) {
      const films = filmsToAlarm(seed, exposure, 1_000);
      expect(films).toBeGreaterThan(0);
      expect(films).toBeLessThanOrEqual(200);
    }
  });

  it("that is none is alarmed at most once in 10,000 films", () => {
    const alarms = [1, 2, 3, 4, 5].filter(
      (seed) => filmsToAlarm(seed, 1, 10_000) !== null,
    );
    expect(alarms.length).toBeLessThanOrEqual(1);
  });
});
