import { describe, expect, it } from "vitest";

import { runMutations } from "./mutation-run.ts";

describe("damaged films of every format and codec", () => {
  it("are refused, said, or equal to their twin within 2 %", async () => {
    // `npm run bench -- mutations` damages a thousand of each.
    const tallies = await runMutations(8, 1);
    expect(tallies.flatMap(({ silent }) => silent)).toEqual([]);
    for (const tally of tallies) {
      expect(
        tally.refused + tally.damaged + tally.warned + tally.warnedWrong,
      ).toBeGreaterThan(0);
    }
  }, 240_000);
});
