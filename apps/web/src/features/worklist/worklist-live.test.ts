import { describe, expect, it } from "vitest";
import { aRow } from "../worklist-query/worklist-fixtures.ts";
import {
  QUIET,
  mayMatch,
  noteChange,
  noteHead,
  withoutShown,
} from "./worklist-live.ts";

const shown = new Set(["c1"]);

describe("what arrives while the list is looked at", () => {
  it("counts as new when it belongs to the list", () => {
    const change = { kind: "ARRIVED", caseId: "c2", case: aRow({ id: "c2" }) };
    const state = noteChange(QUIET, { ...change, kind: "ARRIVED" }, shown, {});
    expect(state.newIds).toEqual(["c2"]);
  });

  it("counts once, however often it changes", () => {
    const row = aRow({ id: "c2" });
    const once = noteChange(
      QUIET,
      { kind: "ARRIVED", caseId: "c2", case: row },
      shown,
      {},
    );
    const twice = noteChange(
      once,
      { kind: "ASSESSED", caseId: "c2", case: row },
      shown,
      {},
    );
    expect(twice).toBe(once);
  });

  it("does not count when it is on screen already", () => {
    const change = { kind: "CLAIMED", caseId: "c1", case: aRow() } as const;
    expect(noteChange(QUIET, change, shown, {})).toBe(QUIET);
  });

  it("no longer counts once it has left the list", () => {
    const before = { newIds: ["c2"] };
    const signed = aRow({ id: "c2", state: "SIGNED" });
    const after = noteChange(
      before,
      { kind: "SIGNED", caseId: "c2", case: signed },
      shown,
      { states: ["WAITING"] },
    );
    expect(after.newIds).toEqual([]);
  });

  it("is found after an interruption", () => {
    const state = noteHead({ newIds: ["c2"] }, ["c1", "c2", "c3"], shown);
    expect(state.newIds).toEqual(["c2", "c3"]);
  });

  it("is forgotten once it is shown", () => {
    const state = withoutShown({ newIds: ["c1", "c2"] }, shown);
    expect(state.newIds).toEqual(["c2"]);
  });
});

describe("a case fits a filter", () => {
  it("by what the sender said of the patient's state", () => {
    const { study } = aRow();
    const row = aRow({ study: { ...study, clinicalFlags: ["fever"] } });
    expect(mayMatch(row, { clinicalFlags: ["sepsis", "fever"] })).toBe(true);
    expect(mayMatch(row, { clinicalFlags: ["sepsis"] })).toBe(false);
    expect(mayMatch(aRow(), { clinicalFlags: ["fever"] })).toBe(false);
  });

  it("by state, urgency and person", () => {
    expect(mayMatch(aRow(), { states: ["WAITING"] })).toBe(true);
    expect(mayMatch(aRow(), { states: ["SIGNED"] })).toBe(false);
    expect(mayMatch(aRow(), { urgencies: ["CRITICAL", "URGENT"] })).toBe(true);
    expect(mayMatch(aRow(), { assigneeId: "u1" })).toBe(false);
    expect(mayMatch(aRow(), { unassigned: true })).toBe(true);
    const mine = aRow({
      assignee: { id: "u1", name: "A" },
    });
    expect(mayMatch(mine, { assigneeId: "u1" })).toBe(true);
    expect(mayMatch(mine, { unassigned: true })).toBe(false);
    const pool = { id: "p1", name: "Nights" };
    expect(mayMatch(aRow({ pool }), { poolId: "p1" })).toBe(true);
    expect(mayMatch(aRow({ pool }), { poolId: "p2" })).toBe(false);
    // Somebody of the pool has it already.
    expect(mayMatch({ ...mine, pool }, { poolId: "p1" })).toBe(false);
  });

  it("by what the AI says, and not at all where it says nothing", () => {
    expect(mayMatch(aRow(), { aiPositive: true })).toBe(true);
    expect(mayMatch(aRow(), { aiPositive: false })).toBe(false);
    const silent = aRow({ probability: null, threshold: null });
    expect(mayMatch(silent, { aiPositive: false })).toBe(false);
  });

  it("by words, with or without accents", () => {
    expect(mayMatch(aRow(), { search: "nguyen van" })).toBe(true);
    expect(mayMatch(aRow(), { search: "acc-77" })).toBe(true);
    expect(mayMatch(aRow(), { search: "tran" })).toBe(false);
  });

  it("by the time it arrived", () => {
    const arrivedAfter = "2026-11-23T11:00:00.000Z";
    expect(mayMatch(aRow(), { arrivedAfter })).toBe(true);
    expect(mayMatch(aRow(), { arrivedBefore: arrivedAfter })).toBe(false);
  });
});
