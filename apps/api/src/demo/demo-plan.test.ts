import { demoPatients } from "@lung-iris/phantom";
import { describe, expect, it } from "vitest";
import { planDemo } from "./demo-plan.ts";

const now = new Date("2026-11-23T08:00:00Z");
const plan = planDemo(demoPatients(now));

describe("planDemo", () => {
  it("has at least 24 patients in every state", () => {
    expect(
      new Set(plan.map(({ patient }) => patient.mrn)).size,
    ).toBeGreaterThanOrEqual(24);
    expect(new Set(plan.map(({ state }) => state.kind))).toEqual(
      new Set(["waiting", "assigned", "reading", "signed"]),
    );
  });

  it("brings films in by age and signs none in the future", () => {
    const ages = plan.map(({ film }) => film.minutesBeforeNow);
    expect(ages).toEqual([...ages].sort((a, b) => b - a));
    for (const { film, state } of plan) {
      if (state.kind === "signed") {
        expect(state.minutesLater).toBeLessThan(film.minutesBeforeNow);
      }
    }
  });

  it("has two patients with films of several times", () => {
    const films = new Map<string, number>();
    for (const { patient } of plan) {
      films.set(patient.mrn, (films.get(patient.mrn) ?? 0) + 1);
    }
    expect(
      [...films.values()].filter((n) => n > 1).length,
    ).toBeGreaterThanOrEqual(2);
  });

  it("is the same plan each time", () => {
    const states = (films: typeof plan) => films.map(({ state }) => state);
    expect(states(planDemo(demoPatients(now)))).toEqual(states(plan));
  });
});
