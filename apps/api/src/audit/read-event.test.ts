import { describe, expect, it } from "vitest";
import { AUDIT_EVENT_TYPES, auditEvent } from "./audit-event.ts";
import { canonicalJson } from "./canonical-json.ts";
import { readEvent } from "./read-event.ts";

const SITE = "0198c7a0-0000-7000-8000-000000000001";

const stored = {
  version: 2,
  type: "case.raised",
  at: "2026-03-02T09:00:00.000Z",
  actor: { id: "SYSTEM", name: "waiting", role: "SYSTEM" },
  origin: { address: null, userAgent: null, requestId: "r-12345678" },
  subject: { type: "case", id: "c" },
  siteId: SITE,
  patientId: null,
  before: { urgency: "SOON" },
  after: { urgency: "URGENT" },
  details: { ceilingMinutes: 120 },
};

const read = (changes: object) =>
  readEvent(canonicalJson({ ...stored, ...changes }));

describe("reading an event", () => {
  it("takes what its type and version say", () => {
    expect(read({})).toEqual({
      version: 2,
      origin: stored.origin,
      before: stored.before,
      after: stored.after,
      details: stored.details,
      problem: null,
    });
  });

  it("takes version 1, whose details were open then", () => {
    const old = read({ version: 1, details: { ceilingMinutes: 5, more: [1] } });
    expect(old).toMatchObject({
      version: 1,
      details: { ceilingMinutes: 5, more: [1] },
      problem: null,
    });
  });

  it("holds version 1 to what was fixed then", () => {
    const text = read({
      version: 1,
      type: "case.released",
      details: { reason: "boredom" },
    });
    expect(text.problem).toContain("details.reason");
  });

  it.each([
    ["another field", { details: { ceilingMinutes: 1, more: 1 } }, "details"],
    ["another kind", { details: { ceilingMinutes: "1" } }, "details"],
    ["an unknown column", { after: { mood: "bad" } }, "after"],
    ["an unknown value", { after: { urgency: "SOMETIME" } }, "after.urgency"],
    ["an unknown version", { version: 7 }, "version"],
    ["an unknown type", { type: "case.eaten" }, "type"],
    ["no actor", { actor: null }, "actor"],
  ])("says that %s does not fit, and shows it", (_what, changes, path) => {
    const event = read(changes);
    expect(event.problem).toContain(path);
    expect(event.details).not.toBeNull();
  });
});

describe("every type of event", () => {
  it("has one shape, with details that are not just anything", () => {
    expect(AUDIT_EVENT_TYPES).toHaveLength(auditEvent.options.length);
    for (const option of auditEvent.options) {
      const type = option.shape.type.value;
      const nonsense = option.shape.details.safeParse({ nonsense: true });
      expect(nonsense.success, type).toBe(false);
      const before = option.shape.before.safeParse({ nonsense: true });
      expect(before.success, type).toBe(false);
    }
  });
});
