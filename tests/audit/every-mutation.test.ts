import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordedBy } from "../testkit/audit-trail.ts";
import type { RecordedEvent } from "../testkit/audit-trail.ts";
import { hashPassword } from "../../apps/api/src/features/auth/password.ts";
import { aCase } from "../testkit/scenario.ts";
import { startTestServer } from "../testkit/server.ts";
import type { TestServer } from "../testkit/server.ts";
import {
  aSite,
  asAdmin,
  asNobody,
  asRadiologist,
  asStaff,
} from "../testkit/viewers.ts";
import type { SignedIn } from "../testkit/viewers.ts";

interface Act {
  /** Runs the mutation; answers who acted. */
  run: () => { actorId: string; ok: Promise<unknown> };
  expected: Partial<RecordedEvent>;
  /** Transitions of the case that the act brings along, each its own event. */
  beside?: string[];
}

const PASSWORD = "three horses walk by";

describe("every mutation leaves exactly one event", () => {
  let server: TestServer;
  let siteId: string;
  let reader: SignedIn;
  let staff: SignedIn;
  let admin: SignedIn;

  beforeAll(async () => {
    server = await startTestServer();
    siteId = (await aSite(server)).id;
    reader = await asRadiologist(server, siteId);
    staff = await asStaff(server, siteId);
    admin = await asAdmin(server, siteId);
  });

  afterAll(() => server.stop());

  const as = (
    viewer: SignedIn,
    document: string,
    variables: Record<string, unknown> = {},
  ) => ({
    actorId: viewer.userId,
    ok: viewer.execute(document, variables).then((answer) => answer.anyData()),
  });

  const READING = { state: "READING" as const };

  const acts: Record<string, () => Act | Promise<Act>> = {
    claimCase: async () => {
      const { case: row } = await aCase(server, siteId).create();
      return {
        run: () =>
          as(reader, `mutation ($id: ID!) { claimCase(caseId: $id) { id } }`, {
            id: row.id,
          }),
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
    releaseCase: async () => {
      const { case: row } = await aCase(server, siteId)
        .with({ ...READING, claimedById: reader.userId })
        .create();
      return {
        run: () =>
          as(
            reader,
            `mutation ($id: ID!) { releaseCase(caseId: $id) { id } }`,
            {
              id: row.id,
            },
          ),
        expected: {
          type: "case.released",
          before: { state: "READING", claimedById: reader.userId, version: 1 },
          after: { state: "WAITING", claimedById: null, version: 2 },
          details: { reason: "reader" },
        },
      };
    },
    assignCase: async () => {
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
          before: { assigneeId: null, version: 1 },
          after: { assigneeId: reader.userId, version: 2 },
        },
      };
    },
    reassessCase: async () => {
      const { case: row } = await aCase(server, siteId)
        .notAssessed("lateral")
        .create();
      return {
        run: () =>
          as(
            staff,
            `mutation ($id: ID!) { reassessCase(caseId: $id) { id } }`,
            {
              id: row.id,
            },
          ),
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
    revealPrediction: async () => {
      const { case: row } = await aCase(server, siteId)
        .assessed(0.8)
        .with({ ...READING, claimedById: reader.userId })
        .create();
      return {
        run: () =>
          as(
            reader,
            `mutation ($id: ID!) { revealPrediction(caseId: $id, opinion: OTHER) { id } }`,
            { id: row.id },
          ),
        expected: {
          type: "case.prediction-revealed",
          subjectId: row.id,
          details: { opinion: "OTHER", isFirstTime: true },
        },
      };
    },
    updateStudyDetails: async () => {
      const { study, patient } = await aCase(server, siteId).create();
      return {
        run: () =>
          as(
            staff,
            `mutation ($id: ID!) { updateStudyDetails(input: { studyId: $id, description: "Chest PA" }) { id } }`,
            { id: study.id },
          ),
        beside: ["case.placed"],
        expected: { type: "study.updated", patientId: patient.id },
      };
    },
    recordOpinion: async () => {
      const { case: row } = await aCase(server, siteId)
        .assessed(0.8)
        .with({ ...READING, claimedById: reader.userId })
        .create();
      return {
        run: () =>
          as(
            reader,
            `mutation ($id: ID!) { recordOpinion(caseId: $id, opinion: NORMAL) { id } }`,
            { id: row.id },
          ),
        expected: {
          type: "reading.opinion-recorded",
          subjectId: row.id,
          details: { opinion: "NORMAL" },
        },
      };
    },
    saveReadingDraft: async () => {
      const { case: row } = await aCase(server, siteId)
        .with({ ...READING, claimedById: reader.userId })
        .create();
      return {
        run: () =>
          as(
            reader,
            `mutation ($id: ID!) { saveReadingDraft(caseId: $id, input: { comment: "so far" }) { id } }`,
            { id: row.id },
          ),
        expected: { type: "reading.draft-saved", subjectId: row.id },
      };
    },
    takeOverCase: async () => {
      const other = await asRadiologist(server, siteId);
      const { case: row } = await aCase(server, siteId)
        .with({ ...READING, claimedById: other.userId })
        .create();
      return {
        run: () =>
          as(
            reader,
            `mutation ($id: ID!) { takeOverCase(caseId: $id, reason: "shift ended") { id } }`,
            { id: row.id },
          ),
        expected: {
          type: "case.taken-over",
          subjectId: row.id,
          details: { reason: "shift ended", from: other.userId },
        },
      };
    },
    acknowledgeNotice: async () => {
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
        run: () =>
          as(
            reader,
            `mutation ($id: ID!) { acknowledgeNotice(caseId: $id) { id } }`,
            { id: row.id },
          ),
        expected: { type: "reading.notice-acknowledged", subjectId: row.id },
      };
    },
    createUser: () => ({
      run: () =>
        as(
          admin,
          `mutation ($input: CreateUserInput!) { createUser(input: $input) { id } }`,
          {
            input: {
              email: "New.Reader@Test.example",
              name: "New Reader",
              role: "RADIOLOGIST",
              password: "three horses walk by",
              siteIds: [siteId],
            },
          },
        ),
      expected: {
        type: "user.created",
        before: {},
        after: {
          email: "new.reader@test.example",
          name: "New Reader",
          role: "RADIOLOGIST",
          locale: "en",
          isActive: true,
          siteIds: [siteId],
        },
      },
    }),
    updateUser: () => ({
      run: () =>
        as(
          admin,
          `mutation ($id: ID!) { updateUser(input: { userId: $id, name: "Renamed", password: "three horses walk by" }) { id } }`,
          { id: staff.userId },
        ),
      expected: {
        type: "user.updated",
        subjectId: staff.userId,
        before: { name: staff.name },
        after: { name: "Renamed" },
        details: { isPasswordNew: true },
      },
    }),
    setLocale: () => ({
      run: () => as(reader, `mutation { setLocale(locale: "vi") { id } }`),
      expected: {
        type: "user.locale-changed",
        before: { locale: "en" },
        after: { locale: "vi" },
      },
    }),
    createSubscriptionTicket: () => ({
      run: () =>
        as(reader, `mutation { createSubscriptionTicket { expiresAt } }`),
      expected: { type: "auth.ticket-created", subjectId: reader.userId },
    }),
    createDataset: async () => {
      const { case: row } = await aCase(server, siteId).assessed(0.9).create();
      await as(
        reader,
        `mutation ($id: ID!) { claimCase(caseId: $id) { id } }`,
        { id: row.id },
      ).ok;
      await as(
        reader,
        `mutation ($id: ID!) { revealPrediction(caseId: $id) { id } }`,
        { id: row.id },
      ).ok;
      await as(
        reader,
        `mutation ($id: ID!) { signReading(input: { caseId: $id, caseVersion: 2, label: PNEUMONIA, decision: CONFIRM }) { id } }`,
        { id: row.id },
      ).ok;
      return {
        run: () =>
          as(
            admin,
            `mutation ($site: ID!) { createDataset(name: "All", filter: { siteId: $site }) { id } }`,
            { site: siteId },
          ),
        expected: { type: "dataset.created" },
      };
    },
    verifyAudit: () => ({
      run: () => as(admin, `mutation { verifyAudit { ok } }`),
      expected: { type: "audit.verified" },
    }),
    signIn: async () => {
      const user = await server.database.client.user.create({
        data: {
          email: "sign-in@test.example",
          name: "Signs In",
          role: "STAFF",
          passwordHash: await hashPassword("three horses walk by"),
          sites: { create: { siteId } },
        },
      });
      return {
        run: () => ({
          actorId: user.id,
          ok: asNobody(server)
            .execute(
              `mutation { signIn(email: "sign-in@test.example", password: "three horses walk by") { expiresAt } }`,
            )
            .then((answer) => answer.anyData()),
        }),
        expected: { type: "auth.signed-in", subjectId: user.id },
      };
    },
    reauthenticate: async () => {
      const user = await withPassword();
      return {
        run: () =>
          as(user, `mutation { reauthenticate(password: "${PASSWORD}") }`),
        expected: { type: "auth.reauthenticated", subjectId: user.userId },
      };
    },
    changePassword: async () => {
      const user = await withPassword();
      return {
        run: () =>
          as(
            user,
            `mutation { changePassword(currentPassword: "${PASSWORD}", newPassword: "seven lamps in the fog") }`,
          ),
        expected: { type: "user.password-changed", subjectId: user.userId },
      };
    },
    signOut: async () => {
      const leaver = await asStaff(server, siteId);
      return {
        run: () => as(leaver, `mutation { signOut }`),
        expected: { type: "auth.signed-out", subjectId: leaver.userId },
      };
    },
  };

  async function withPassword() {
    const user = await asStaff(server, siteId);
    await server.database.client.user.update({
      where: { id: user.userId },
      data: { passwordHash: await hashPassword(PASSWORD) },
    });
    return user;
  }

  /** Tested with all their rules in tests/api/{readings,auth,models,policies}. */
  const elsewhere = [
    "signReading",
    "amendReading",
    "signInWithIdToken",
    "promoteModel",
    "shadowModel",
    "retireModel",
    "savePolicy",
  ];

  it("knows every mutation of the schema", () => {
    const fields = server.api.schema.getMutationType()?.getFields() ?? {};
    expect([...Object.keys(acts), ...elsewhere].sort()).toEqual(
      Object.keys(fields).sort(),
    );
  });

  /** The snapshot without the columns of the reading beside the case. */
  const caseColumns = (snapshot: unknown) =>
    Object.fromEntries(
      Object.entries(snapshot ?? {}).filter(
        ([name]) => !name.startsWith("reading."),
      ),
    );

  it.each(Object.keys(acts))("%s", async (name) => {
    const act = await acts[name]?.();
    if (act === undefined) throw new Error(`no act for ${name}`);
    const { result, events } = await recordedBy(server, async () => {
      const { actorId, ok } = act.run();
      await ok;
      return actorId;
    });
    const own = events.filter(({ type }) => !act.beside?.includes(type));
    expect(events).toHaveLength(1 + (act.beside?.length ?? 0));
    expect(own).toHaveLength(1);
    expect(own[0]).toMatchObject({ actorId: result, ...act.expected });
    // toMatchObject lets more keys through: before and after must be exact.
    if (act.expected.before)
      expect(caseColumns(own[0]?.before)).toEqual(act.expected.before);
    if (act.expected.after)
      expect(caseColumns(own[0]?.after)).toEqual(act.expected.after);
    const text = JSON.stringify(events);
    expect(text).not.toContain("three horses");
    expect(text).not.toContain("argon2");
  });
});
