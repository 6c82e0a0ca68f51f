import { describe, expect, it } from "vitest";
import {
  ALARM_Z,
  changesOf,
  type PeriodChange,
  type PeriodFacts,
} from "./before-after.rules.ts";

/** mulberry32: the same stream for the same seed. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

interface Shares {
  positive: number;
  refused: number;
  agreed: number;
}

const NOTHING: PeriodFacts = {
  days: 14,
  films: 0,
  positive: 0,
  refused: 0,
  signed: 0,
  agreed: 0,
};
const USUAL: Shares = { positive: 0.2, refused: 0.02, agreed: 0.9 };

function add(facts: PeriodFacts, shares: Shares, random: () => number) {
  return {
    ...facts,
    films: facts.films + 1,
    positive: facts.positive + (random() < shares.positive ? 1 : 0),
    refused: facts.refused + (random() < shares.refused ? 1 : 0),
    signed: facts.signed + 1,
    agreed: facts.agreed + (random() < shares.agreed ? 1 : 0),
  };
}

/** The first alarm of a stream that is looked at after each film. */
function firstAlarm(
  seed: number,
  shares: Shares,
  films: number,
): { after: number; changes: PeriodChange[] } | null {
  const random = seeded(seed);
  let before = NOTHING;
  for (let film = 0; film < 600; film += 1) before = add(before, USUAL, random);
  let after = NOTHING;
  for (let film = 1; film <= films; film += 1) {
    after = add(after, shares, random);
    const changes = changesOf(before, after, ALARM_Z);
    if (changes.length > 0) return { after: film, changes };
  }
  return null;
}

describe("the watch after a promotion", () => {
  it("rings at most once in fifty promotions that change nothing", () => {
    let alarms = 0;
    for (let seed = 1; seed <= 300; seed += 1)
      if (firstAlarm(seed, USUAL, 2_000) !== null) alarms += 1;
    expect(alarms).toBeLessThanOrEqual(6);
  });

  it.each<[PeriodChange, Partial<Shares>]>([
    ["agreement-fell", { agreed: 0.75 }],
    ["positives-rose", { positive: 0.4 }],
    ["positives-fell", { positive: 0.05 }],
    ["refusals-rose", { refused: 0.12 }],
  ])("rings for %s within 400 films", (change, shares) => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const alarm = firstAlarm(seed, { ...USUAL, ...shares }, 400);
      expect(alarm?.changes).toEqual([change]);
    }
  });

  it("says nothing of fewer than thirty films", () => {
    const before = { ...NOTHING, films: 600, positive: 0 };
    const after = { ...NOTHING, films: 29, positive: 29 };
    expect(changesOf(before, after, ALARM_Z)).toEqual([]);
    const more = { ...after, films: 30, positive: 30 };
    expect(changesOf(before, more, ALARM_Z)).toEqual(["positives-rose"]);
  });
});
