import { expect } from "vitest";
import { aCase } from "../testkit/scenario.ts";
import { as, onId, type Acts, type Stage } from "./acts.ts";

/** A note to the reader about a case of the site. */
async function aNote({ server, siteId, reader }: Stage): Promise<string> {
  const { case: row } = await aCase(server, siteId).create();
  const { id } = await server.database.client.inboxItem.create({
    data: {
      siteId,
      userId: reader.userId,
      caseId: row.id,
      kind: "MENTIONED",
      actorName: "Somebody",
      createdAt: server.clock.now(),
    },
  });
  return id;
}

/** Mutations about who should read, and what people tell each other. */
export const ASSIGNMENT_ACTS: Acts = {
  savePool: ({ siteId, admin, reader }) => ({
    run: () =>
      as(
        admin,
        `mutation ($input: ReaderPoolInput!) { savePool(input: $input) { id } }`,
        { input: { siteId, name: " Nights ", memberIds: [reader.userId] } },
      ),
    expected: {
      type: "pool.created",
      before: {},
      after: { name: "Nights", memberIds: [reader.userId], closedAt: null },
    },
  }),
  closePool: async ({ server, siteId, admin }) => {
    const { id } = await server.database.client.readerPool.create({
      data: { siteId, name: "Closed" },
    });
    return {
      run: () => onId(admin, id, `closePool(id: $id)`),
      expected: {
        type: "pool.closed",
        subjectId: id,
        before: { closedAt: null },
        after: { closedAt: server.clock.now().toISOString() },
      },
    };
  },
  escalateCase: async ({ server, siteId, staff }) => {
    const { case: row } = await aCase(server, siteId)
      .with({ urgency: "SOON" })
      .create();
    return {
      run: () =>
        onId(staff, row.id, `escalateCase(caseId: $id, reason: DOCTOR_ASKS)`),
      expected: {
        type: "case.escalated",
        details: { reason: "doctor-asks" },
        before: {
          urgency: "SOON",
          urgencyReasons: [],
          escalatedAt: null,
          escalateReason: null,
          version: 1,
        },
        after: {
          urgency: "URGENT",
          urgencyReasons: ["escalated:doctor-asks"],
          escalatedAt: server.clock.now().toISOString(),
          escalateReason: "doctor-asks",
          version: 2,
        },
      },
    };
  },
  keepText: async ({ server, siteId, staff }) => {
    const { case: row } = await aCase(server, siteId).create();
    return {
      run: () =>
        onId(
          staff,
          row.id,
          `keepText(input: { caseId: $id, kind: COMMENT, text: "three horses" })`,
        ),
      expected: {
        type: "case.text-kept",
        subjectId: row.id,
        patientId: row.patientId,
        details: { kind: "COMMENT", aboutId: row.id },
      },
    };
  },
  addComment: async ({ server, siteId, staff }) => {
    const { case: row } = await aCase(server, siteId).create();
    return {
      run: () => onId(staff, row.id, `addComment(caseId: $id, text: "Bed 4")`),
      expected: {
        type: "comment.added",
        patientId: row.patientId,
        details: {
          caseId: row.id,
          versionId: expect.any(String),
          number: 1,
          textSha256: expect.any(String),
          mentionIds: [],
        },
      },
    };
  },
  editComment: async ({ server, siteId, staff }) => {
    const { case: row } = await aCase(server, siteId).create();
    const { id } = await server.database.client.caseComment.create({
      data: {
        siteId,
        caseId: row.id,
        authorId: staff.userId,
        createdAt: server.clock.now(),
        versions: {
          create: {
            siteId,
            caseId: row.id,
            number: 1,
            text: "Bed 4",
            tellsAi: false,
            tellsReading: false,
            createdAt: server.clock.now(),
          },
        },
      },
    });
    return {
      run: () => onId(staff, id, `editComment(id: $id, text: "Bed 5")`),
      expected: {
        type: "comment.edited",
        subjectId: id,
        patientId: row.patientId,
      },
    };
  },
  readInbox: async (stage) => {
    const id = await aNote(stage);
    return {
      run: () =>
        as(stage.reader, `mutation ($ids: [ID!]) { readInbox(ids: $ids) }`, {
          ids: [id],
        }),
      expected: { type: "inbox.read", details: { itemIds: [id] } },
    };
  },
  setQuietHours: ({ reader }) => ({
    run: () =>
      as(
        reader,
        `mutation { setQuietHours(fromMinute: 1320, toMinute: 360) { toMinute } }`,
      ),
    expected: {
      type: "user.quiet-hours-changed",
      subjectId: reader.userId,
      before: { quietFromMinute: null, quietToMinute: null },
      after: { quietFromMinute: 1320, quietToMinute: 360 },
    },
  }),
};
