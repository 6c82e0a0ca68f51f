import type { Label } from "@lung-iris/prisma";
import { describe, expect, it } from "vitest";
import { summarise } from "./my-reading.rules.ts";
import type { OwnReading } from "./my-reading.store.ts";

const NOW = new Date("2026-03-02T09:00:00.000Z");
const weeksAgo = (weeks: number): Date =>
  new Date(NOW.getTime() - weeks * 7 * 86_400_000);

let patients = 0;

const reading = (own: Partial<OwnReading> = {}): OwnReading => ({
  patientId: String(patients++),
  startedAt: new Date("2026-03-02T08:00:00.000Z"),
  signedAt: new Date("2026-03-02T08:04:00.000Z"),
  blindOpinion: "NORMAL",
  label: "NORMAL",
  decision: "CONFIRM",
  overrideReason: null,
  newestLabel: "NORMAL",
  versions: 1,
  settledLabel: null,
  settledBy: null,
  otherLabel: null,
  probability: 0.1,
  threshold: 0.5,
  ...own,
});

const sum = (...readings: OwnReading[]) =>
  summarise(readings, weeksAgo(2), NOW);

describe("a reader's own figures", () => {
  it("count who was followed where opinion and AI differed", () => {
    const followed = reading({
      probability: 0.9,
      label: "PNEUMONIA",
      newestLabel: "PNEUMONIA",
    });
    const takenBack = { ...followed, newestLabel: "NORMAL" as const };
    const kept = reading({ probability: 0.9, decision: "OVERRIDE" });
    const givenUp = {
      ...kept,
      newestLabel: "PNEUMONIA" as const,
      versions: 2,
    };
    expect(sum(reading(), followed, takenBack, kept, givenUp)).toMatchObject({
      cases: 5,
      contradicted: 4,
      followedAi: 2,
      followedAiTakenBack: 1,
      keptOwn: 2,
      overrides: 2,
      overridesGivenUp: 1,
      amended: 1,
    });
  });

  it("say what others later made of overrides and of answers followed", () => {
    const override = reading({ probability: 0.9, decision: "OVERRIDE" });
    const followed = reading({
      probability: 0.9,
      label: "PNEUMONIA",
      newestLabel: "PNEUMONIA",
    });
    const settled = (own: OwnReading, label: Label): OwnReading => ({
      ...own,
      settledLabel: label,
      settledBy: "ADJUDICATED",
    });
    const summary = sum(
      override,
      settled(override, "NORMAL"),
      settled(override, "PNEUMONIA"),
      followed,
      settled(followed, "PNEUMONIA"),
      settled(followed, "NORMAL"),
      settled(followed, "OTHER"),
      // That it shows nothing says of nobody that he was wrong.
      settled(followed, "NOT_DIAGNOSTIC"),
      // Not seen before the AI.
      settled(reading({ blindOpinion: null }), "NORMAL"),
    );
    expect(summary).toMatchObject({
      overrides: 3,
      overridesSettled: 2,
      overridesUpheld: 1,
      followedAi: 5,
      followedAiSettled: 3,
      followedAiHelped: 1,
    });
    const effects = summary.outcomes.map(({ effect, cases }) => [
      effect,
      cases,
    ]);
    expect(effects.sort()).toEqual([
      ["HELPED", 1],
      ["KEPT_RIGHT", 1],
      ["KEPT_WRONG", 1],
      ["MISLED", 1],
      ["MISLED", 1],
      ["NONE", 1],
    ]);
  });

  it("take another finding for an answer without pneumonia", () => {
    const { contradicted } = sum(reading({ blindOpinion: "OTHER" }));
    expect(contradicted).toBe(0);
  });

  it("have no answer of a film that cannot be answered", () => {
    const opinion = "NOT_DIAGNOSTIC" as const;
    const unanswered = reading({
      blindOpinion: opinion,
      label: opinion,
      decision: "INDEPENDENT",
    });
    const given = reading({ label: opinion, decision: "INDEPENDENT" });
    const { blindAgainstAi, finalAgainstAi, contradicted } = sum(
      unanswered,
      given,
    );
    expect(blindAgainstAi.cases).toBe(1);
    expect(finalAgainstAi.cases).toBe(0);
    expect(contradicted).toBe(0);
  });

  it("leave out what the AI did not assess and what was not seen blind", () => {
    const unseen = reading({ probability: null, threshold: null });
    const open = reading({ blindOpinion: null });
    const { blindAgainstAi, finalAgainstAi, cases } = sum(unseen, open);
    expect(cases).toBe(2);
    expect(blindAgainstAi).toEqual({ cases: 0, share: null, kappa: null });
    expect(finalAgainstAi.cases).toBe(1);
  });

  it("agree with a table of 50 cases", () => {
    const both = (own: boolean, ai: boolean, times: number): OwnReading[] =>
      Array.from({ length: times }, () =>
        reading({
          blindOpinion: own ? "PNEUMONIA" : "NORMAL",
          probability: ai ? 0.9 : 0.1,
        }),
      );
    const { blindAgainstAi } = sum(
      ...both(true, true, 20),
      ...both(true, false, 5),
      ...both(false, true, 10),
      ...both(false, false, 15),
    );
    expect(blindAgainstAi.share?.value).toBeCloseTo(0.7, 12);
    expect(blindAgainstAi.kappa?.value).toBeCloseTo(0.4, 12);
  });

  it("agree with other readers by the label, where somebody read it too", () => {
    const both = (own: Label, other: Label, times: number): OwnReading[] =>
      Array.from({ length: times }, () =>
        reading({ label: own, otherLabel: other }),
      );
    const { againstOthers, cases } = sum(
      reading(),
      ...both("PNEUMONIA", "PNEUMONIA", 20),
      ...both("PNEUMONIA", "NORMAL", 5),
      ...both("NORMAL", "PNEUMONIA", 10),
      ...both("NORMAL", "NORMAL", 15),
    );
    expect(cases).toBe(51);
    // The same table as above: observed 0.7, by chance 0.5.
    expect(againstOthers.cases).toBe(50);
    expect(againstOthers.share?.value).toBeCloseTo(0.7, 12);
    expect(againstOthers.kappa?.value).toBeCloseTo(0.4, 12);
    expect(againstOthers.kappa?.low).toBeLessThan(0.4);
    expect(againstOthers.kappa?.high).toBeGreaterThan(0.4);
  });

  it("count by week up to now, with the median of each", () => {
    const earlier = reading({
      startedAt: new Date("2026-02-20T08:00:00.000Z"),
      signedAt: new Date("2026-02-20T08:10:00.000Z"),
    });
    const { weeks, medianMinutes } = sum(reading(), reading(), earlier);
    expect(weeks).toEqual([
      { from: weeksAgo(2), cases: 1, medianMinutes: 10 },
      { from: weeksAgo(1), cases: 2, medianMinutes: 4 },
    ]);
    expect(medianMinutes).toBe(4);
  });

  it("are nothing without a reading", () => {
    expect(sum()).toMatchObject({
      cases: 0,
      medianMinutes: null,
      finalAgainstAi: { share: null, kappa: null },
    });
  });
});
