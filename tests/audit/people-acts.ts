import { hashPassword } from "../../apps/api/src/features/passwords/password.ts";
import { asNobody, asStaff } from "../testkit/viewers.ts";
import { as, onId, type Acts, type Stage } from "./acts.ts";

const PASSWORD = "three horses walk by";

/** Mutations of people, their sessions and the trail. */
export const PEOPLE_ACTS: Acts = {
  createUser: ({ siteId, admin }) => ({
    run: () =>
      as(
        admin,
        `mutation ($input: CreateUserInput!) { createUser(input: $input) { id } }`,
        {
          input: {
            email: "New.Reader@Test.example",
            name: "New Reader",
            role: "RADIOLOGIST",
            grade: "JUNIOR",
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
        grade: "JUNIOR",
        locale: "en",
        isActive: true,
        siteIds: [siteId],
      },
    },
  }),
  updateUser: ({ staff, admin }) => ({
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
  setLocale: ({ reader }) => ({
    run: () => as(reader, `mutation { setLocale(locale: "vi") { id } }`),
    expected: {
      type: "user.locale-changed",
      before: { locale: "en" },
      after: { locale: "vi" },
    },
  }),
  keepOwnWindow: ({ reader }) => ({
    run: () =>
      as(
        reader,
        "mutation { keepOwnWindow(key: 6, shift: -0.2, width: 0.7) { key } }",
      ),
    expected: {
      type: "user.window-kept",
      before: {},
      after: { shift: -0.2, width: 0.7 },
    },
  }),
  forgetOwnWindow: async ({ reader }) => {
    await as(
      reader,
      "mutation { keepOwnWindow(key: 7, shift: 0.1, width: 0.5) { key } }",
    ).ok;
    return {
      run: () => as(reader, "mutation { forgetOwnWindow(key: 7) { key } }"),
      expected: {
        type: "user.window-forgotten",
        before: { shift: 0.1, width: 0.5 },
      },
    };
  },
  keepReason: ({ siteId, admin }) => ({
    run: () =>
      onId(
        admin,
        siteId,
        `keepReason(input: { kind: POLICY, aboutId: $id, text: "three horses" })`,
      ),
    expected: {
      type: "user.reason-kept",
      subjectId: admin.userId,
      siteId,
      patientId: null,
      details: { kind: "POLICY", aboutId: siteId, part: "" },
    },
  }),
  createSubscriptionTicket: ({ reader }) => ({
    run: () =>
      as(reader, `mutation { createSubscriptionTicket { expiresAt } }`),
    expected: { type: "auth.ticket-created", subjectId: reader.userId },
  }),
  verifyAudit: ({ admin }) => ({
    run: () => as(admin, `mutation { verifyAudit { ok } }`),
    expected: { type: "audit.verified" },
  }),
  signIn: async ({ server, siteId }) => {
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
  reauthenticate: async (stage) => {
    const user = await withPassword(stage);
    return {
      run: () =>
        as(user, `mutation { reauthenticate(password: "${PASSWORD}") }`),
      expected: { type: "auth.reauthenticated", subjectId: user.userId },
    };
  },
  changePassword: async (stage) => {
    const user = await withPassword(stage);
    return {
      run: () =>
        as(
          user,
          `mutation { changePassword(currentPassword: "${PASSWORD}", newPassword: "seven lamps in the fog") }`,
        ),
      expected: { type: "user.password-changed", subjectId: user.userId },
    };
  },
  signOut: async ({ server, siteId }) => {
    const leaver = await asStaff(server, siteId);
    return {
      run: () => as(leaver, `mutation { signOut }`),
      expected: { type: "auth.signed-out", subjectId: leaver.userId },
    };
  },
};

async function withPassword({ server, siteId }: Stage) {
  const user = await asStaff(server, siteId);
  await server.database.client.user.update({
    where: { id: user.userId },
    data: { passwordHash: await hashPassword(PASSWORD) },
  });
  return user;
}
