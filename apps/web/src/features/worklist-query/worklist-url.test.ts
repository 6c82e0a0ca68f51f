import { describe, expect, it } from "vitest";
import {
  NO_CHOICE,
  allowedChoice,
  isNarrowed,
  readChoice,
  writeChoice,
  type WorklistChoice,
} from "./worklist-url.ts";
import { variablesFor } from "./worklist-variables.ts";

const context = {
  viewerId: "me",
  siteId: null,
  nowMs: Date.parse("2026-11-23T12:00:00Z"),
};
const choice = (over: Partial<WorklistChoice>): WorklistChoice => ({
  ...NO_CHOICE,
  ...over,
});

describe("the worklist's address", () => {
  it("brings back everything that was chosen", () => {
    const chosen = choice({
      view: "mine",
      search: "NGUYỄN & 12",
      states: ["WAITING"],
      urgencies: ["CRITICAL", "URGENT"],
      findings: ["ai-positive", "signed-other"],
      assignee: "0199-abc",
      pool: "0199-abf",
      age: "over-2h",
      reader: "0199-abd",
      patientAges: ["CHILD", "OLD"],
      filmViews: ["AP"],
      flags: ["sepsis", "fever"],
      quality: "doubtful",
      extras: ["preliminary", "critical"],
      sort: "ASSIGNEE",
      columns: ["state", "patient", "sexAge"],
      isCompact: true,
      saved: "0199-abe",
    });
    const query = new URLSearchParams(writeChoice(chosen));
    expect(readChoice(query, chosen.search)).toEqual(chosen);
  });

  it("never names whom somebody looked for", () => {
    const chosen = choice({ search: "NGUYỄN", view: "mine" });
    expect(writeChoice(chosen)).toBe("view=mine");
    const old = new URLSearchParams("q=NGUYEN&view=mine");
    expect(readChoice(old, "").search).toBe("");
  });

  it("is empty when nothing was chosen", () => {
    expect(writeChoice(NO_CHOICE)).toBe("");
  });

  it("ignores what it does not know", () => {
    const query = new URLSearchParams("view=nope&state=waiting,lost&sort=x");
    expect(readChoice(query, "")).toEqual(choice({ states: ["WAITING"] }));
  });

  it("knows a narrowed list from a whole one", () => {
    expect(isNarrowed(choice({ view: "mine", sort: "PATIENT" }))).toBe(false);
    expect(isNarrowed(choice({ search: "tran" }))).toBe(true);
    expect(isNarrowed(choice({ urgencies: ["SOON"] }))).toBe(true);
  });
});

describe("the question to the API", () => {
  it("is about open cases, the sickest first, unless something was chosen", () => {
    expect(variablesFor(NO_CHOICE, context)).toEqual({
      filter: { states: ["WAITING", "READING"] },
      sort: "URGENCY",
    });
  });

  it("keeps to the chosen site and to my own cases", () => {
    const { filter } = variablesFor(choice({ view: "mine" }), {
      ...context,
      siteId: "s1",
    });
    expect(filter).toEqual({
      siteId: "s1",
      assigneeId: "me",
      states: ["WAITING", "READING"],
    });
  });

  it("lets a chosen state win over the view's own", () => {
    const chosen = choice({ states: ["SIGNED"] });
    expect(variablesFor(chosen, context).filter.states).toEqual(["SIGNED"]);
  });

  it("shows signed cases from the newest on", () => {
    expect(variablesFor(choice({ view: "signed" }), context).sort).toBe(
      "ARRIVED_NEWEST",
    );
  });

  it("takes both answers of the AI together for any answer", () => {
    const both = choice({ findings: ["ai-positive", "ai-negative"] });
    expect(variablesFor(both, context).filter).not.toHaveProperty("aiPositive");
    const one = choice({ findings: ["ai-negative"] });
    expect(variablesFor(one, context).filter.aiPositive).toBe(false);
  });

  it("asks for flags of the patient's state", () => {
    const flagged = choice({ flags: ["fever"] });
    expect(variablesFor(flagged, context).filter.clinicalFlags).toEqual([
      "fever",
    ]);
  });

  it("drops either order by the AI for a blind reader", () => {
    for (const sort of ["PROBABILITY", "PROBABILITY_REVERSED"] as const) {
      expect(allowedChoice(choice({ sort }), true).sort).toBeNull();
      expect(allowedChoice(choice({ sort }), false).sort).toBe(sort);
    }
    const byState = choice({ sort: "STATE_REVERSED" });
    expect(allowedChoice(byState, true)).toEqual(byState);
  });

  it("counts ages back from now", () => {
    expect(variablesFor(choice({ age: "over-2h" }), context).filter).toEqual({
      states: ["WAITING", "READING"],
      arrivedBefore: "2026-11-23T10:00:00.000Z",
    });
  });
});
