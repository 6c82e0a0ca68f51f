import { expect } from "vitest";
import { aCase } from "../testkit/scenario.ts";
import { asRadiologist } from "../testkit/viewers.ts";
import { as, onId, type Acts } from "./acts.ts";

const READING = { state: "READING" as const };

/** Mutations of cases. */
export const CASE_ACTS: Acts = {
  claimCase: async ({ server, siteId, reader }) => {
    const { case: row } = await aCase(server, siteId).create();
    return {
      run: () => onId(reader, row.id, `claimCase(caseId: $id)`),
      expected: {
        type: "case.claimed",
        before: {
          state: "WAITING",
          claimedById: null,
          claimExpiresAt: null,
          version: 1,
        },
        after: {
          state: "READING",
          claimedById: reader.userId,
          claimExpiresAt: "2026-03-02T09:15:00.000Z",
          version: 2,
        },
      },
    };
  },
  claimNextCase: async ({ server, siteId, reader }) => {
    // Nothing else of the desk is sicker or waits longer.
    const { case: row } = await aCase(server, siteId)
      .with({ urgency: "CRITICAL", arrivedAt: new Date("2000-01-01") })
      .create();
    return {
      run: () => as(reader, `mutation { claimNextCase { id } }`, {}),
      expected: {
        type: "case.claimed",
        before: {
          state: "WAITING",
          claimedById: null,
          claimExpiresAt: null,
          version: row.version,
        },
        after: {
          state: "READING",
          claimedById: reader.userId,
          claimExpiresAt: "2026-03-02T09:15:00.000Z",
          version: row.version + 1,
        },
      },
    };
  },
  handOver: async ({ server, siteId, reader }) => {
    const giver = await asRadiologist(server, siteId);
    const { case: row } = await aCase(server, siteId)
      .with({ assigneeId: giver.userId })
      .create();
    return {
      run: () =>
        as(
          giver,
          `mutation ($to: ID) { handOver(toUserId: $to) { assigned } }`,
          { to: reader.userId },
        ),
      expected: {
        type: "case.assigned",
        before: {
          assigneeId: giver.userId,
          assignedAt: null,
          version: row.version,
        },
        after: {
          assigneeId: reader.userId,
          assignedAt: server.clock.now().toISOString(),
          version: row.version + 1,
        },
      },
    };
  },
  releaseCase: async ({ server, siteId, reader }) => {
    const { case: row } = await aCase(server, siteId)
      .with({ ...READING, claimedById: reader.userId })
      .create();
    return {
      run: () => onId(reader, row.id, `releaseCase(caseId: $id)`),
      expected: {
        type: "case.released",
        before: { state: "READING", claimedById: reader.userId, version: 1 },
        after: { state: "WAITING", claimedById: null, version: 2 },
        details: { reason: "reader" },
      },
    };
  },
  assignCase: async ({ server, siteId, reader, staff }) => {
    const { case: row } = await aCase(server, siteId).create();
    return {
      run: () =>
        as(
          staff,
          `mutation ($id: ID!, $user: ID) { assignCase(caseId: $id, userId: $user) { id } }`,
          { id: row.id, user: reader.userId },
        ),
      expected: {
        type: "case.assigned",
        before: { assigneeId: null, assignedAt: null, version: 1 },
        after: {
          assigneeId: reader.userId,
          assignedAt: server.clock.now().toISOString(),
          version: 2,
        },
      },
    };
  },
  endRetake: async ({ server, siteId, staff }) => {
    const { case: row } = await aCase(server, siteId)
      .with({
        state: "SIGNED",
        decidedLabel: "NOT_DIAGNOSTIC",
        signedAt: new Date("2026-03-01T10:00:00Z"),
        retakeAskedAt: new Date("2026-03-01T10:00:00Z"),
        retakeReason: "POSITION",
      })
      .create();
    return {
      run: () =>
        onId(staff, row.id, `endRetake(caseId: $id, reason: NOT_POSSIBLE)`),
      expected: {
        type: "case.retake-ended",
        before: { retakeDoneAt: null, version: 1 },
        after: { retakeDoneAt: expect.any(String), version: 2 },
        details: { cause: "staff", reason: "NOT_POSSIBLE", note: null },
      },
    };
  },
  reassessCase: async ({ server, siteId, staff }) => {
    const { case: row } = await aCase(server, siteId)
      .notAssessed("lateral")
      .create();
    return {
      run: () => onId(staff, row.id, `reassessCase(caseId: $id)`),
      expected: {
        type: "case.reassess-requested",
        before: {
          assessment: "NOT_ASSESSED",
          notAssessedReason: "lateral",
          version: 1,
        },
        after: { assessment: "PENDING", notAssessedReason: null, version: 2 },
      },
    };
  },
  updateStudyDetails: async ({ server, siteId, staff }) => {
    const { study, patient } = await aCase(server, siteId).create();
    return {
      run: () =>
        onId(
          staff,
          study.id,
          `updateStudyDetails(input: { studyId: $id, description: "Chest PA" })`,
        ),
      beside: ["case.placed"],
      expected: { type: "study.updated", patientId: patient.id },
    };
  },
  takeOverCase: async ({ server, siteId, reader }) => {
    const other = await asRadiologist(server, siteId);
    const { case: row } = await aCase(server, siteId)
      .with({ ...READING, claimedById: other.userId })
      .create();
    return {
      run: () =>
        onId(
          reader,
          row.id,
          `takeOverCase(caseId: $id, reason: "shift ended")`,
        ),
      expected: {
        type: "case.taken-over",
        subjectId: row.id,
        details: { reason: "shift ended", from: other.userId },
      },
    };
  },
};
