import { describe, expect, it } from "vitest";

import { runMutations } from "./mutation-run.ts";

/** Nothing looks into the blocks of these, see docs/decisions/0024. */
const UNCHECKED = "htj2k";

describe("damaged films of every format and codec", () => {
  it("are refused, said, or equal to their twin within 2 %", async () => {
    // `npm run bench -- mutations` damages a thousand of each.
    const tallies = await runMutations(8, 1);
    const checked = tallies.filter(({ name }) => !name.includes(UNCHECKED));
    expect(checked.flatMap(({ silent }) => silent)).toEqual([]);
    const rest = tallies.filter(({ name }) => name.includes(UNCHECKED));
    const wrong = rest.flatMap(({ silent }) => silent).length;
    expect(wrong).toBeLessThanOrEqual(rest.length);
    for (const tally of tallies) {
      expect(tally.refused + tally.damaged + tally.warned).toBeGreaterThan(0);
    }
  }, 240_000);
});
