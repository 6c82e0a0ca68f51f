import { expect } from "vitest";
import { aCase } from "../testkit/scenario.ts";
import { asRadiologist } from "../testkit/viewers.ts";
import { as, onId, type Acts, type Stage } from "./acts.ts";

const SIGNED = {
  state: "SIGNED",
  decidedLabel: "NORMAL",
  signedAt: new Date("2026-03-01T10:00:00Z"),
} as const;

const READING = { state: "READING" as const };

/** What somebody typed on a case that he holds no longer. */
function aDraft(
  { server, siteId }: Stage,
  caseId: string,
  readerId: string,
  givenToId: string | null = null,
) {
  const at = server.clock.now();
  return server.database.client.reading.create({
    data: {
      siteId,
      caseId,
      readerId,
      state: "ENDED",
      startedAt: at,
      draft: { comment: "so far" },
      draftSavedAt: at,
      draftGivenToId: givenToId,
      draftGivenAt: givenToId === null ? null : at,
    },
  });
}

/** Mutations of readings, first and further ones. */
export const READING_ACTS: Acts = {
  issuePreliminary: async ({ server, siteId, reader }) => {
    const { case: row } = await aCase(server, siteId).assessed(0.9).create();
    await onId(reader, row.id, `claimCase(caseId: $id)`).ok;
    const at = server.clock.now();
    return {
      run: () =>
        onId(
          reader,
          row.id,
          `issuePreliminary(input: { caseId: $id, label: NORMAL, report: { language: EN, indication: "", technique: "", comparison: "", findings: " Clear. ", impression: "" } })`,
        ),
      expected: {
        type: "case.preliminary-issued",
        subjectId: row.id,
        before: { preliminaryAt: null },
        after: { preliminaryAt: at.toISOString() },
        details: expect.objectContaining({
          number: 1,
          label: "NORMAL",
          report: expect.objectContaining({ findings: "Clear." }),
        }),
      },
    };
  },
  revealPrediction: async ({ server, siteId, reader }) => {
    const { case: row } = await aCase(server, siteId)
      .assessed(0.8)
      .with({ ...READING, claimedById: reader.userId })
      .create();
    return {
      run: () =>
        onId(reader, row.id, `revealPrediction(caseId: $id, opinion: OTHER)`),
      expected: {
        type: "case.prediction-revealed",
        subjectId: row.id,
        details: { opinion: "OTHER", isFirstTime: true },
      },
    };
  },
  recordOpinion: async ({ server, siteId, reader }) => {
    const { case: row } = await aCase(server, siteId)
      .assessed(0.8)
      .with({ ...READING, claimedById: reader.userId })
      .create();
    return {
      run: () =>
        onId(reader, row.id, `recordOpinion(caseId: $id, opinion: NORMAL)`),
      expected: {
        type: "reading.opinion-recorded",
        subjectId: row.id,
        details: { opinion: "NORMAL" },
      },
    };
  },
  saveReadingDraft: async ({ server, siteId, reader }) => {
    const { case: row } = await aCase(server, siteId)
      .with({ ...READING, claimedById: reader.userId })
      .create();
    return {
      run: () =>
        onId(
          reader,
          row.id,
          `saveReadingDraft(caseId: $id, input: { comment: "so far" })`,
        ),
      expected: { type: "reading.draft-saved", subjectId: row.id },
    };
  },
  giveDraft: async (stage) => {
    const { server, siteId, reader } = stage;
    const other = await asRadiologist(server, siteId);
    const { case: row } = await aCase(server, siteId)
      .with({ ...READING, claimedById: other.userId })
      .create();
    await aDraft(stage, row.id, reader.userId);
    return {
      run: () =>
        as(
          reader,
          `mutation ($id: ID!, $to: ID!) { giveDraft(caseId: $id, toUserId: $to) { id } }`,
          { id: row.id, to: other.userId },
        ),
      expected: {
        type: "reading.draft-given",
        subjectId: row.id,
        details: { to: other.userId },
      },
    };
  },
  takeBackDraft: async (stage) => {
    const { server, siteId, reader } = stage;
    const other = await asRadiologist(server, siteId);
    const { case: row } = await aCase(server, siteId)
      .with({ ...READING, claimedById: other.userId })
      .create();
    await aDraft(stage, row.id, reader.userId, other.userId);
    return {
      run: () => onId(reader, row.id, `takeBackDraft(caseId: $id)`),
      expected: {
        type: "reading.draft-taken-back",
        subjectId: row.id,
      },
    };
  },
  takeGivenDraft: async (stage) => {
    const { server, siteId, reader } = stage;
    const other = await asRadiologist(server, siteId);
    const { case: row } = await aCase(server, siteId)
      .assessed(0.8)
      .with({ ...READING, claimedById: reader.userId })
      .create();
    await aDraft(stage, row.id, other.userId, reader.userId);
    await onId(reader, row.id, `revealPrediction(caseId: $id, opinion: OTHER)`)
      .ok;
    return {
      run: () =>
        as(
          reader,
          `mutation ($id: ID!, $from: ID!) { takeGivenDraft(caseId: $id, fromUserId: $from) { id } }`,
          { id: row.id, from: other.userId },
        ),
      expected: {
        type: "reading.draft-taken",
        subjectId: row.id,
        details: { from: other.userId },
      },
    };
  },
  leaveGivenDraft: async (stage) => {
    const { server, siteId, reader } = stage;
    const other = await asRadiologist(server, siteId);
    const { case: row } = await aCase(server, siteId)
      .assessed(0.8)
      .with({ ...READING, claimedById: reader.userId })
      .create();
    await aDraft(stage, row.id, other.userId, reader.userId);
    await onId(reader, row.id, `revealPrediction(caseId: $id, opinion: OTHER)`)
      .ok;
    return {
      run: () =>
        as(
          reader,
          `mutation ($id: ID!, $from: ID!) { leaveGivenDraft(caseId: $id, fromUserId: $from) { id } }`,
          { id: row.id, from: other.userId },
        ),
      expected: {
        type: "reading.draft-left",
        subjectId: row.id,
        details: { from: other.userId },
      },
    };
  },
  requestSecondReading: async ({ server, siteId, staff }) => {
    const { case: row } = await aCase(server, siteId).with(SIGNED).create();
    return {
      run: () =>
        onId(
          staff,
          row.id,
          `requestSecondReading(caseId: $id, reason: "faint shadow")`,
        ),
      expected: {
        type: "case.second-read-asked",
        subjectId: row.id,
        before: {
          secondRead: null,
          secondReadReasons: [],
          secondReadDueAt: null,
          version: 1,
        },
        after: {
          secondRead: "SECOND_DUE",
          secondReadReasons: ["asked"],
          secondReadDueAt: expect.any(String),
          version: 2,
        },
        details: { reason: "faint shadow" },
      },
    };
  },
  showFirstReading: async ({ server, siteId, reader }) => {
    const { case: row } = await aCase(server, siteId)
      .with({
        ...SIGNED,
        secondRead: "SECOND_DUE",
        secondReadDueAt: SIGNED.signedAt,
      })
      .create();
    return {
      run: () => onId(reader, row.id, `showFirstReading(caseId: $id)`),
      expected: {
        type: "case.first-reading-shown",
        subjectId: row.id,
      },
    };
  },
  acknowledgeNotice: async ({ server, siteId, reader }) => {
    const { case: row } = await aCase(server, siteId).create();
    await server.database.client.reading.create({
      data: {
        siteId,
        caseId: row.id,
        readerId: reader.userId,
        state: "SIGNED",
        startedAt: server.clock.now(),
        notice: "reopened",
        noticeAt: server.clock.now(),
      },
    });
    return {
      run: () => onId(reader, row.id, `acknowledgeNotice(caseId: $id)`),
      expected: { type: "reading.notice-acknowledged", subjectId: row.id },
    };
  },
};
