import { startReceiver } from "../testkit/receivers.ts";
import { aCase } from "../testkit/scenario.ts";
import { SAVE_WAYS, waysInput } from "../testkit/notes-out.ts";
import { as, onId, type Acts, type Stage } from "./acts.ts";

/** The next version of the site's ways; nothing is sent by them. */
async function nextVersion({ server, siteId }: Stage): Promise<number> {
  const where = { siteId };
  const row = await server.database.client.notificationWays.findUnique({
    where,
  });
  return row?.version ?? 0;
}

/** Mutations about notes that leave the desk. */
export const NOTIFICATION_ACTS: Acts = {
  saveNotificationWays: async (stage) => {
    const base = await nextVersion(stage);
    const input = waysInput(stage.siteId, {}, base);
    input.email.from = "desk@hospital.example";
    return {
      run: () => as(stage.admin, SAVE_WAYS, { input }),
      expected: {
        type: "notification-ways.changed",
        subjectId: stage.siteId,
        details: {
          version: base + 1,
          isPasswordNew: false,
          isSecretNew: false,
        },
      },
    };
  },
  testNotificationWay: async (stage) => {
    const hook = await startReceiver();
    const input = waysInput(stage.siteId, { hook }, await nextVersion(stage));
    await as(stage.admin, SAVE_WAYS, { input }).ok;
    // A private network that nobody has named: it goes nowhere, and says so.
    await hook.stop();
    return {
      run: () =>
        as(
          stage.admin,
          `mutation ($siteId: ID!) { testNotificationWay(siteId: $siteId, way: WEBHOOK) { problem } }`,
          { siteId: stage.siteId },
        ),
      expected: {
        type: "notification-ways.tested",
        subjectId: stage.siteId,
        details: {
          way: "WEBHOOK",
          ok: false,
          problem:
            "127.0.0.1 is an address of a private network. The operator of this desk can allow it (LUNG_IRIS_OUTBOUND_NETWORKS).",
        },
      },
    };
  },
  sendNotificationAgain: async (stage) => {
    const { server, siteId, reader, admin } = stage;
    const { client } = server.database;
    const { case: row } = await aCase(server, siteId).create();
    const now = server.clock.now();
    const of = { siteId, userId: reader.userId, createdAt: now };
    const item = await client.inboxItem.create({
      data: { ...of, caseId: row.id, kind: "ASSIGNED", actorName: "Somebody" },
    });
    const { id } = await client.notificationDelivery.create({
      data: {
        ...of,
        inboxItemId: item.id,
        kind: "ASSIGNED",
        way: "EMAIL",
        isUrgent: false,
        isHeld: false,
        state: "DEAD",
        dueAt: now,
        endedAt: now,
        tries: 8,
      },
    });
    return {
      run: () => onId(admin, id, `sendNotificationAgain(id: $id)`),
      expected: {
        type: "notification.sent-again",
        subjectId: id,
        details: { kind: "ASSIGNED", way: "EMAIL", userId: reader.userId },
      },
    };
  },
  chooseNotifications: ({ reader }) => ({
    run: () =>
      as(
        reader,
        `mutation { chooseNotifications(choices: [{ kind: ASSIGNED, ways: [EMAIL] }]) { openWays } }`,
      ),
    expected: {
      type: "user.notifications-chosen",
      subjectId: reader.userId,
      before: { ASSIGNED: [] },
      after: { ASSIGNED: ["EMAIL"] },
    },
  }),
};
