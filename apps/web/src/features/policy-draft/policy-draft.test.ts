import { describe, expect, it } from "vitest";
import { differencesOf, type PolicyDraft } from "./policy-draft.ts";

const policy: PolicyDraft = {
  urgency: {
    strongProbability: 0.9,
    strong: "URGENT",
    positive: "SOON",
    negative: "ROUTINE",
    negativeAtMost: "URGENT",
    notAssessed: "URGENT",
    pending: "SOON",
    followUp: "SOON",
    waited: "URGENT",
    infantBelowYears: 1,
    oldFromYears: 65,
    followUpDays: 42,
    flags: [
      { flag: "fever", effect: "RAISES" },
      { flag: "sepsis", effect: "ACUTE" },
    ],
  },
  ceilings: { critical: 120, urgent: 120, soon: 120, routine: 120 },
  thresholds: [
    { model: "m1", finding: "pneumonia", ageGroup: "adult", threshold: 0.4 },
  ],
  reading: { mode: "BLIND", controlShare: 0, leaseMinutes: 15 },
  secondReads: {
    randomShare: 0,
    onAiDisagreement: false,
    findings: ["effusion"],
    ageFrom: null,
    ageTo: null,
    readers: [],
    juniors: false,
    blindToAi: true,
  },
  critical: { findings: ["pneumothorax"], minutes: 60 },
  reports: { preliminary: true },
  assignment: { fallbackMinutes: 30, rules: [] },
  thresholdDesk: { approval: "ONE" },
};

describe("what two policies say otherwise", () => {
  it("is nothing for the same, in whatever order its lists are", () => {
    const { flags } = policy.urgency;
    const turned = {
      ...policy,
      urgency: { ...policy.urgency, flags: [...flags].reverse() },
    };
    expect(differencesOf(policy, turned)).toEqual([]);
  });

  it("names each value with where it stands", () => {
    const other: PolicyDraft = {
      ...policy,
      ceilings: { ...policy.ceilings, routine: 240 },
      reading: { ...policy.reading, mode: "OPEN" },
    };
    expect(differencesOf(policy, other)).toEqual([
      { path: "ceilings.routine", of: null, before: 120, after: 240 },
      { path: "reading.mode", of: null, before: "BLIND", after: "OPEN" },
    ]);
  });

  it("tells flags and thresholds apart, come and gone ones too", () => {
    const other: PolicyDraft = {
      ...policy,
      urgency: {
        ...policy.urgency,
        flags: [{ flag: "fever", effect: "NONE" }],
      },
      thresholds: [
        {
          model: "m1",
          finding: "pneumonia",
          ageGroup: "child",
          threshold: 0.3,
        },
      ],
    };
    expect(differencesOf(policy, other)).toEqual([
      { path: "urgency.flags", of: "fever", before: "RAISES", after: "NONE" },
      { path: "urgency.flags", of: "sepsis", before: "ACUTE", after: null },
      {
        path: "thresholds",
        of: "m1 pneumonia adult",
        before: 0.4,
        after: null,
      },
      {
        path: "thresholds",
        of: "m1 pneumonia child",
        before: null,
        after: 0.3,
      },
    ]);
  });

  it("names each finding and reader of the second reads, and the switches", () => {
    const other: PolicyDraft = {
      ...policy,
      secondReads: {
        ...policy.secondReads,
        ageFrom: 70,
        findings: ["hernia"],
        readers: ["r1"],
        juniors: true,
        blindToAi: false,
      },
    };
    const path = (name: string) => `secondReads.${name}`;
    expect(differencesOf(policy, other)).toEqual([
      { path: path("ageFrom"), of: null, before: null, after: 70 },
      { path: path("juniors"), of: null, before: "no", after: "yes" },
      { path: path("blindToAi"), of: null, before: "yes", after: "no" },
      { path: path("findings"), of: "effusion", before: "yes", after: null },
      { path: path("findings"), of: "hernia", before: null, after: "yes" },
      { path: path("readers"), of: "r1", before: null, after: "yes" },
    ]);
  });
});
