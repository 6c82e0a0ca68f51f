import { describe, expect, it } from "vitest";

import { runMutations } from "./mutation-run.ts";

/** Wavelet streams carry no check: local damage in them can be seen by no one. */
const UNCHECKED = /jpeg-2000|htj2k/u;

describe("damaged films of every format and codec", () => {
  it("are refused, said, or equal to their twin within 2 %", async () => {
    // `npm run bench -- mutations` damages thousands.
    const tallies = await runMutations(114, 1);
    const checked = tallies.filter(({ name }) => !UNCHECKED.test(name));
    expect(checked.flatMap(({ silent }) => silent)).toEqual([]);
    const rest = tallies.filter(({ name }) => UNCHECKED.test(name));
    const wrong = rest.flatMap(({ silent }) => silent).length;
    expect(wrong).toBeLessThanOrEqual(rest.length);
    for (const tally of tallies) {
      expect(tally.refused + tally.damaged + tally.warned).toBeGreaterThan(0);
    }
  }, 240_000);
});
