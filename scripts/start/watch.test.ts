import { describe, expect, it } from "vitest";
import { Watch } from "./watch.ts";

const EVERY_MS = 20;

describe("the watch over a process", () => {
  /** Milliseconds until it is called hung: never less than its looks take. */
  function untilHung(startMisses: number, wasHeard: boolean): Promise<number> {
    const startedAt = performance.now();
    const times = { everyMs: EVERY_MS, misses: 3, startMisses };
    return new Promise((resolve) => {
      const watch = new Watch(
        undefined,
        () => resolve(performance.now() - startedAt),
        times,
      );
      watch.start();
      if (wasHeard) watch.heard();
    });
  }
  /** Timers may end a millisecond early each. */
  const looks = (count: number) => count * (EVERY_MS - 2);

  it("calls one hung that was alive and gives no sign, whatever a start may take", async () => {
    expect(await untilHung(1_000_000, true)).toBeGreaterThan(looks(4));
  });

  it("ends one that hangs in its start, after a longer time", async () => {
    expect(await untilHung(12, false)).toBeGreaterThan(looks(12));
  });
});
