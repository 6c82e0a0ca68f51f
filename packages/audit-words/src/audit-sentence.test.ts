import { createTranslator } from "use-intl/core";
import { describe, expect, it } from "vitest";
import en from "../messages/en.json" with { type: "json" };
import vi from "../messages/vi.json" with { type: "json" };
import { AUDIT_EVENT_TYPES } from "./audit-event-types.ts";
import {
  type SentenceEvent,
  sentenceOf,
  STAND_IN_NAME,
} from "./audit-sentence.ts";

const messages = { en, vi };
type Locale = keyof typeof messages;

const event: SentenceEvent = {
  type: "image.viewed",
  actorId: "u-1",
  actorName: "Dr Tran",
  subjectName: null,
  patientName: "NGUYEN, Van A",
  before: null,
  after: null,
  details: null,
};

function write(change: Partial<SentenceEvent>, locale: Locale = "en"): string {
  const t = createTranslator({
    locale,
    messages: messages[locale],
    onError: (error) => {
      throw error;
    },
  });
  const { key, values } = sentenceOf(
    { ...event, ...change },
    {
      aPatient: t("words.aPatient"),
      unknownPatient: t("words.unknownPatient"),
      someReason: t("words.someReason"),
      someFields: t("words.details"),
      actor: (id) => (id === "SYSTEM" ? t("actors.SYSTEM") : null),
      person: (id) => (id === "u-2" ? "Dr Le" : null),
      reason: (code) => code,
      field: (name) => name,
      label: (code) => code.toLowerCase(),
      decision: (code) => code.toLowerCase(),
      language: (code) => code,
      percent: (fraction) => `${Math.round(fraction * 100)}%`,
      list: (items) => items.join(" + "),
    },
  );
  return t.markup(`sentences.${key}`, {
    ...values,
    who: (chunks) => chunks,
    what: (chunks) => chunks,
  });
}

describe.each(["en", "vi"] as const)("audit sentences in %s", (locale) => {
  it("says of a connection what it is for: no reader has to guess", () => {
    const opened = { type: "auth.ticket-created", patientName: null };
    expect(write(opened)).toBe(
      "Dr Tran opened a page that brings itself up to date",
    );
    expect(write(opened, "vi")).toBe("Dr Tran đã mở một trang tự cập nhật");
  });

  it("exist for every event, with nothing left unfilled", () => {
    for (const type of AUDIT_EVENT_TYPES) {
      const text = write({ type }, locale);
      expect(text.length, type).toBeGreaterThan(5);
      expect(text, type).not.toMatch(/[{}<>]|undefined|null/);
      expect(text.trim(), type).toBe(text);
    }
  });
});

describe("audit sentences", () => {
  it("say who did what with whose film", () => {
    expect(write({})).toBe("Dr Tran opened the film of NGUYEN, Van A");
  });

  it("call a patient whom nobody knows so in the reader's language", () => {
    const nobody = { patientName: STAND_IN_NAME };
    expect(write(nobody)).toBe("Dr Tran opened the film of an unknown patient");
    expect(write(nobody, "vi")).toContain("bệnh nhân chưa rõ");
    expect(write(nobody, "vi")).not.toContain(STAND_IN_NAME);
  });

  it("name the fields that changed", () => {
    expect(
      write({
        type: "user.updated",
        subjectName: "Lan Pham",
        before: '{"role":"STAFF","siteIds":["a"]}',
        after: '{"role":"ADMIN","siteIds":["a","b"]}',
      }),
    ).toBe("Dr Tran changed role + siteIds of the user Lan Pham");
  });

  it("say that a password is new, though it stands nowhere", () => {
    expect(
      write({
        type: "user.updated",
        subjectName: "Lan Pham",
        before: "{}",
        after: "{}",
        details: '{"isPasswordNew":true}',
      }),
    ).toBe("Dr Tran changed password of the user Lan Pham");
  });

  it("tell what somebody searched for", () => {
    expect(
      write({
        type: "audit.searched",
        details: '{"filter":{"patientSearch":"nguyen"}}',
      }),
    ).toBe("Dr Tran looked at the audit trail, searching for “nguyen”");
  });

  it("tell a film that the AI could not assess from one that it did", () => {
    expect(
      write({
        type: "prediction.recorded",
        details: '{"gate":"not-assessed","gateReason":"lateral"}',
      }),
    ).toBe("The AI could not assess the film of NGUYEN, Van A: lateral");
  });

  it("tell a claim that ran out from one that was given back", () => {
    expect(
      write({ type: "case.released", details: '{"reason":"lease-expired"}' }),
    ).toBe("The claim on the case of NGUYEN, Van A ran out");
    expect(
      write({ type: "case.released", details: '{"reason":"reader"}' }),
    ).toBe("Dr Tran released the case of NGUYEN, Van A");
  });

  it("say why a sign-in was refused and never who is behind it", () => {
    expect(
      write({
        type: "auth.sign-in-refused",
        actorId: "ANONYMOUS",
        patientName: null,
        details: '{"method":"password","reason":"locked"}',
      }),
    ).toBe("A sign-in was refused: locked");
  });

  it("say what somebody was refused, and how often more", () => {
    expect(
      write({
        type: "access.refused",
        details: '{"operation":"query case","reason":"another-site"}',
      }),
    ).toBe("Dr Tran was refused “query case”: another-site");
    expect(
      write({ type: "access.refusals-counted", details: '{"count":990}' }),
    ).toBe("Dr Tran was refused 990 more times within a minute");
  });

  it("read what the reviewer decided", () => {
    expect(
      write({
        type: "review.signed",
        after: '{"review":{"label":"PNEUMONIA","decision":"OVERRIDE"}}',
      }),
    ).toBe("Dr Tran signed the review of NGUYEN, Van A: pneumonia (override)");
  });

  it("name whom a case was assigned to, where the name is known", () => {
    const assigned = (id: string) =>
      write({ type: "case.assigned", after: `{"assigneeId":${id}}` });
    const start = "Dr Tran assigned the case of NGUYEN, Van A";
    expect(assigned('"u-2"')).toBe(`${start} to Dr Le`);
    expect(assigned('"u-3"')).toBe(start);
    expect(assigned("null")).toBe(
      "Dr Tran took back the assignment of the case of NGUYEN, Van A",
    );
  });

  it("give probabilities at most two digits", () => {
    expect(
      write({
        type: "prediction.recorded",
        actorId: "SYSTEM",
        details: '{"probability":0.8231}',
      }),
    ).toBe(
      "The AI gave its opinion on the film of NGUYEN, Van A: pneumonia 82%",
    );
  });

  it("fall back to the code of an event they do not know", () => {
    expect(write({ type: "case.teleported" })).toBe(
      "Dr Tran · case.teleported",
    );
  });

  it("survive details that cannot be read", () => {
    expect(write({ type: "case.released", details: "{" })).toBe(
      "Dr Tran released the case of NGUYEN, Van A",
    );
  });
});
