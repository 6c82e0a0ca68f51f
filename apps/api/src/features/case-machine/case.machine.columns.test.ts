import { describe, expect, it } from "vitest";
import { transition } from "./case.machine.ts";
import type { CaseStatus } from "./case.transition.ts";
import {
  outcomeOf,
  now,
  earlier,
  until,
  OTHER,
  decision,
  COMMANDS,
  STATUS,
  GIVEN,
  FREE,
  NO_SECOND,
} from "./case.machine.test.samples.ts";

const signed: CaseStatus = {
  ...STATUS.signed,
  assessment: "NOT_ASSESSED",
  isControl: false,
  retakeAskedAt: null,
  retakeDoneAt: null,
  ...FREE,
  escalatedAt: earlier,
  ...NO_SECOND,
};

describe("what a transition writes beside the state", () => {
  it("wipes the decision of a reopened case and hands it to its signer", () => {
    expect(transition(signed, COMMANDS["add-film"]).columns).toEqual({
      state: "WAITING",
      signedAt: null,
      decidedLabel: null,
      agreesWithAi: null,
      assigneeId: OTHER,
      poolId: null,
      assignedAt: now,
      assignmentRule: null,
      arrivedAt: now,
      reopenedAt: now,
      escalatedAt: null,
      escalateReason: null,
      ...NO_SECOND,
      secondReadReasons: [],
      secondReadDueAt: null,
      assessment: "PENDING",
      notAssessedReason: null,
    });
  });

  it("is on no list without films, with nobody holding or waiting for it", () => {
    const last = { ...COMMANDS["lose-film"], isLast: true };
    for (const name of ["waiting", "mine", "signed"] as const) {
      const status = { ...signed, ...STATUS[name] };
      const { columns, reading } = transition(status, last);
      expect(columns).toMatchObject({
        state: "EMPTY",
        claimedById: null,
        assigneeId: null,
        escalatedAt: null,
        retakeAskedAt: null,
      });
      expect(reading).toBe(name === "waiting" ? "none" : "end");
    }
    const unsigned = transition(signed, last).columns;
    expect(unsigned).toMatchObject({ decidedLabel: null, signedAt: null });
  });

  it("goes back to its signer when a film comes to a case without any", () => {
    const status = { ...signed, ...STATUS.empty };
    expect(transition(status, COMMANDS["add-film"]).columns).toMatchObject({
      state: "WAITING",
      assigneeId: OTHER,
      reopenedAt: now,
      assessment: "PENDING",
    });
    const never = { ...COMMANDS["add-film"], signerId: null };
    expect(transition(status, never).columns).toEqual({
      state: "WAITING",
      arrivedAt: now,
      assessment: "PENDING",
      notAssessedReason: null,
    });
  });

  it("falls back from a reader to his pool, and from a pool to all", () => {
    const waiting = { ...signed, ...STATUS.waiting };
    const columnsOf = (given: Pick<CaseStatus, "assigneeId" | "poolId">) =>
      transition({ ...waiting, ...given }, COMMANDS.lapse).columns;
    const toAll = { ...FREE, assignedAt: null, assignmentRule: null };
    expect(columnsOf(GIVEN)).toEqual({
      assigneeId: null,
      poolId: "pool",
      assignedAt: now,
    });
    expect(columnsOf({ assigneeId: null, poolId: "pool" })).toEqual(toAll);
    expect(columnsOf({ assigneeId: OTHER, poolId: null })).toEqual(toAll);
    expect(outcomeOf(waiting, COMMANDS.lapse)).toBe("NOT_ASSIGNED");
  });

  it("is escalated once for a reading", () => {
    const waiting = { ...signed, ...STATUS.waiting };
    expect(outcomeOf(waiting, COMMANDS.escalate)).toBe("CASE_ESCALATED");
    expect(
      transition({ ...waiting, escalatedAt: null }, COMMANDS.escalate).columns,
    ).toEqual({ escalatedAt: now, escalateReason: "patient-worse" });
  });

  it("notes since when a case is given, and by which rule", () => {
    const waiting = { ...signed, ...STATUS.waiting };
    const to = { kind: "assign", now, ...FREE } as const;
    expect(
      transition(waiting, { ...to, poolId: "pool", rule: "Nights" }).columns,
    ).toEqual({
      assigneeId: null,
      poolId: "pool",
      assignedAt: now,
      assignmentRule: "Nights",
    });
    expect(transition(waiting, { ...to, rule: null }).columns).toEqual({
      ...FREE,
      assignedAt: null,
      assignmentRule: null,
    });
  });

  it("does not ask the AI again while it works", () => {
    const pending = { ...signed, ...STATUS.waiting, assessment: "PENDING" };
    expect(outcomeOf(pending as CaseStatus, COMMANDS["ask-again"])).toBe(
      "ASSESSMENT_PENDING",
    );
  });

  it("keeps the AI of a control case closed until it is signed", () => {
    const control = { ...signed, ...STATUS.mine, isControl: true };
    expect(outcomeOf(control, COMMANDS.reveal)).toBe("AI_CLOSED");
    expect(
      outcomeOf({ ...control, ...STATUS.signed }, COMMANDS.reveal),
    ).toEqual(["case.prediction-revealed", "SIGNED", "look"]);
  });

  const asked = { ...decision, retakeReason: "POSITION" };

  it("asks the sender for another film once, however often it is amended", () => {
    const mine = { ...signed, ...STATUS.mine };
    const signs = { ...COMMANDS.sign, decision: asked };
    expect(transition(mine, signs).columns).toMatchObject({
      retakeReason: "POSITION",
      retakeAskedAt: now,
      retakeDoneAt: null,
    });
    const since = { ...signed, retakeAskedAt: earlier };
    const amends = { kind: "amend", decision: asked } as const;
    const columns = transition(since, amends).columns;
    expect(columns).not.toHaveProperty("retakeAskedAt");
    expect(columns).not.toHaveProperty("retakeDoneAt");
    expect(transition(signed, amends).columns).toMatchObject({
      retakeAskedAt: now,
    });
  });

  it("takes the question back when a version without it is signed", () => {
    const since = { ...signed, retakeAskedAt: earlier };
    expect(transition(since, COMMANDS.amend).columns).toMatchObject({
      retakeReason: null,
      retakeAskedAt: null,
      retakeDoneAt: null,
    });
  });

  it("has what was asked for when a film of the same study comes", () => {
    const since = { ...signed, retakeAskedAt: earlier };
    expect(transition(since, COMMANDS["add-film"]).columns).toMatchObject({
      retakeDoneAt: now,
    });
  });

  it("ends a retake once, and none that nobody asked for", () => {
    const over = { ...signed, retakeAskedAt: earlier, retakeDoneAt: earlier };
    expect(outcomeOf(over, COMMANDS["end-retake"])).toBe("RETAKE_NOT_ASKED");
    expect(outcomeOf(signed, COMMANDS["end-retake"])).toBe("RETAKE_NOT_ASKED");
  });

  it("is preliminary from the report until the signature", () => {
    const mine = { ...signed, ...STATUS.mine };
    expect(transition(mine, COMMANDS["issue-preliminary"]).columns).toEqual({
      preliminaryAt: now,
      claimExpiresAt: until,
    });
    expect(transition(mine, COMMANDS.sign).columns).toMatchObject({
      preliminaryAt: null,
    });
  });

  it("leaves the version to what others must look at again", () => {
    const mine = { ...signed, ...STATUS.mine };
    const quiet = Object.values(COMMANDS).filter((command) => {
      try {
        return !transition(mine, command).raisesVersion;
      } catch {
        return false;
      }
    });
    expect(quiet.map(({ kind }) => kind).sort()).toEqual([
      "issue-preliminary",
      "leave-draft",
      "record-opinion",
      "reveal",
      "save-draft",
      "take-back-draft",
      "take-draft",
    ]);
  });
});
