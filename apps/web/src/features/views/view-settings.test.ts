import { describe, expect, it } from "vitest";
import {
  NO_CHOICE,
  type WorklistChoice,
} from "../worklist-query/worklist-url.ts";
import { choiceOf, isAsSaved, settingsOf } from "./view-settings.ts";

const EVERYTHING: WorklistChoice = {
  view: "not-assessed",
  search: "NGUYỄN",
  states: ["WAITING"],
  urgencies: ["CRITICAL"],
  findings: ["ai-positive", "signed-other"],
  assignee: "none",
  pool: "0199-abf",
  age: "over-2h",
  reader: "0199-abd",
  patientAges: ["OLD"],
  filmViews: ["AP", "LATERAL"],
  flags: ["sepsis", "fever"],
  quality: "good",
  extras: ["critical"],
  sort: "MRN",
  columns: ["state", "patient"],
  isCompact: true,
  saved: "v1",
};

/** As the API answers what was sent to it. */
function viewOf(choice: WorklistChoice) {
  const sent = settingsOf(choice);
  const settings = {
    base: sent.base,
    rows: sent.rows,
    aiPositive: sent.aiPositive ?? null,
    assignee: sent.assignee ?? null,
    pool: sent.pool ?? null,
    arrived: sent.arrived ?? null,
    reader: sent.reader ?? null,
    isDoubtful: sent.isDoubtful ?? null,
    sort: sent.sort ?? null,
    patientAges: [...choice.patientAges],
    filmViews: [...choice.filmViews],
    clinicalFlags: [...choice.flags],
    preliminary: choice.extras.includes("preliminary"),
    openCritical: choice.extras.includes("critical"),
    states: [...choice.states],
    urgencies: [...choice.urgencies],
    labels: ["OTHER" as const],
    columns: ["STATE" as const, "PATIENT" as const],
  };
  return { id: "v1", settings };
}

describe("what a view keeps", () => {
  it("is all that was chosen, but not whom somebody looked for", () => {
    const view = viewOf(EVERYTHING);
    expect(JSON.stringify(view)).not.toContain("NGUY");
    expect(choiceOf(view)).toEqual({ ...EVERYTHING, search: "" });
  });

  it("is told from what was changed since", () => {
    const view = viewOf(EVERYTHING);
    expect(isAsSaved({ ...EVERYTHING, search: "TRẦN" }, view)).toBe(true);
    expect(isAsSaved({ ...EVERYTHING, sort: null }, view)).toBe(false);
    expect(isAsSaved({ ...EVERYTHING, isCompact: false }, view)).toBe(false);
  });

  it("takes both answers of the AI for any answer", () => {
    const findings = ["ai-positive", "ai-negative"] as const;
    expect(settingsOf({ ...NO_CHOICE, findings }).aiPositive).toBeNull();
  });
});
