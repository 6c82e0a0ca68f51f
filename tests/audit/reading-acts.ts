import { expect } from "vitest";
import { aCase } from "../testkit/scenario.ts";
import { onId, type Acts } from "./acts.ts";

const SIGNED = {
  state: "SIGNED",
  decidedLabel: "NORMAL",
  signedAt: new Date("2026-03-01T10:00:00Z"),
} as const;

const READING = { state: "READING" as const };

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
