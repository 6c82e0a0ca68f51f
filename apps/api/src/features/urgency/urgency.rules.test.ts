import { describe, expect, it } from "vitest";
import {
  ceilingOf,
  rankOf,
  URGENCY_LADDER,
} from "../policies/policy-document.ts";
import { SHIPPED_POLICY } from "../policies/shipped-policy.ts";
import { urgencyOf, type UrgencyInput } from "./urgency.rules.ts";

const plain: UrgencyInput = {
  assessment: { state: "assessed", probability: 0.2, threshold: 0.5 },
  clinicalFlags: [],
  ageYears: 40,
  priorPneumonia: false,
  waitedMinutes: 119,
  escalated: null,
  hasFailedFilm: false,
  notes: [],
};
const ai = (probability: number, threshold = 0.5) =>
  ({ state: "assessed", probability, threshold }) as const;

/** Numbers in 0…1 from a seed: the same cases each time. */
function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function randomCeilings(random: () => number) {
  const [critical = 5, urgent = 5, soon = 5, routine = 5] = [1, 2, 3, 4]
    .map(() => 5 + Math.floor(random() * 500))
    .sort((a, b) => a - b);
  return { critical, urgent, soon, routine };
}

const place = (input: UrgencyInput) => urgencyOf(input, SHIPPED_POLICY);

describe("urgency by the shipped policy", () => {
  it("leaves a negative film of a well adult in the routine", () => {
    expect(place(plain)).toEqual({ urgency: "ROUTINE", reasons: ["ai:20"] });
  });

  it("calls a film at the threshold positive, just below it negative", () => {
    expect(place({ ...plain, assessment: ai(0.5) }).urgency).toBe("SOON");
    expect(place({ ...plain, assessment: ai(0.4999) }).urgency).toBe("ROUTINE");
  });

  it("makes a strongly positive film urgent, with fever critical", () => {
    const strong = { ...plain, assessment: ai(0.91) };
    expect(place(strong)).toEqual({ urgency: "URGENT", reasons: ["ai:91"] });
    expect(place({ ...strong, clinicalFlags: ["fever"] })).toEqual({
      urgency: "CRITICAL",
      reasons: ["ai:91", "flag:fever"],
    });
  });

  it("counts several raising flags as one step", () => {
    const flags = ["fever", "cough", "dyspnoea"];
    const result = place({
      ...plain,
      assessment: ai(0.6),
      clinicalFlags: flags,
    });
    expect(result.urgency).toBe("URGENT");
    expect(result.reasons).toHaveLength(4);
  });

  it("puts a film that was not assessed in front of a human, urgently", () => {
    const assessment = { state: "not-assessed", reason: "lateral" } as const;
    expect(place({ ...plain, assessment })).toEqual({
      urgency: "URGENT",
      reasons: ["not-assessed:lateral"],
    });
    expect(
      place({ ...plain, assessment, clinicalFlags: ["emergency"] }).urgency,
    ).toBe("CRITICAL");
  });

  it("never lifts a negative film above urgent", () => {
    const everything = {
      ...plain,
      clinicalFlags: ["emergency", "fever"],
      ageYears: 90,
      priorPneumonia: true,
      waitedMinutes: 120,
    };
    expect(place(everything).urgency).toBe("URGENT");
  });

  it("raises infants and people of 65 and more only when positive", () => {
    expect(
      place({ ...plain, assessment: ai(0.6), ageYears: 0.5 }),
    ).toMatchObject({ urgency: "URGENT", reasons: ["ai:60", "age:infant"] });
    expect(
      place({ ...plain, assessment: ai(0.6), ageYears: 65.9 }).reasons,
    ).toContain("age:65");
    expect(place({ ...plain, ageYears: 80 }).urgency).toBe("ROUTINE");
  });

  it("lifts what has waited too long to urgent and says so", () => {
    expect(place({ ...plain, waitedMinutes: 120 })).toEqual({
      urgency: "URGENT",
      reasons: ["ai:20", "waited"],
    });
  });

  it("gives a film that follows a pneumonia a place before the routine", () => {
    expect(place({ ...plain, priorPneumonia: true })).toEqual({
      urgency: "SOON",
      reasons: ["ai:20", "prior-positive"],
    });
  });

  it("puts a case with a failed second film in front of a human", () => {
    expect(place({ ...plain, hasFailedFilm: true })).toEqual({
      urgency: "URGENT",
      reasons: ["ai:20", "not-assessed:error"],
    });
  });

  it("passes notes on without moving the case", () => {
    expect(place({ ...plain, notes: ["unknown-patient"] })).toEqual({
      urgency: "ROUTINE",
      reasons: ["ai:20", "unknown-patient"],
    });
  });

  it("lifts only where the class lifted to has no longer ceiling, whatever policy and case", () => {
    const random = numbersFrom(7);
    const pick = <T>(items: readonly T[]): T =>
      items[Math.floor(random() * items.length)] as T;
    let lifted = 0;
    for (let round = 0; round < 5_000; round++) {
      const policy = {
        ...SHIPPED_POLICY,
        urgency: {
          ...SHIPPED_POLICY.urgency,
          waited: pick(URGENCY_LADDER),
          notAssessed: pick(URGENCY_LADDER),
          pending: pick(URGENCY_LADDER),
          followUp: pick(URGENCY_LADDER),
        },
        ceilings: randomCeilings(random),
      };
      const input: UrgencyInput = {
        assessment: pick([
          ai(random(), 0.05 + random() * 0.9),
          { state: "pending" } as const,
          { state: "control" } as const,
          { state: "not-assessed", reason: "lateral" } as const,
        ]),
        clinicalFlags: random() < 0.5 ? [] : [pick(["fever", "sepsis"])],
        ageYears: random() * 100,
        priorPneumonia: random() < 0.2,
        waitedMinutes: random() * 600,
        escalated: null,
        hasFailedFilm: random() < 0.1,
        notes: [],
      };
      const { urgency, reasons } = urgencyOf(input, policy);
      const fresh = urgencyOf({ ...input, waitedMinutes: null }, policy);
      expect(rankOf(urgency)).toBeLessThanOrEqual(rankOf(fresh.urgency));
      const isPast =
        (input.waitedMinutes ?? 0) >= ceilingOf(policy, fresh.urgency);
      expect(reasons.includes("waited")).toBe(isPast);
      if (!isPast) continue;
      lifted += 1;
      expect(input.waitedMinutes).toBeGreaterThanOrEqual(
        ceilingOf(policy, urgency),
      );
    }
    expect(lifted).toBeGreaterThan(1_000);
  });

  it("ignores flags outside the catalogue", () => {
    expect(place({ ...plain, clinicalFlags: ["toString"] }).reasons).toEqual([
      "ai:20",
    ]);
  });
});
