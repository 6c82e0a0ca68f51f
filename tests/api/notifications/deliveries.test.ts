import { createHmac } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { recordedBy } from "../../testkit/audit-trail.ts";
import {
  HOOK_SECRET,
  MAIL_LOGIN,
  aDelivery,
  openWays,
  wants,
} from "../../testkit/notes-out.ts";
import {
  startMailServer,
  startReceiver,
  type MailServer,
  type Receiver,
} from "../../testkit/receivers.ts";
import { aCase } from "../../testkit/scenario.ts";
import { startTestServer } from "../../testkit/server.ts";
import type { TestServer } from "../../testkit/server.ts";
import {
  aSite,
  asAdmin,
  asRadiologist,
  asStaff,
} from "../../testkit/viewers.ts";
import type { SignedIn } from "../../testkit/viewers.ts";

const ASSIGN = `mutation ($id: ID!, $user: ID) { assignCase(caseId: $id, userId: $user) { id } }`;
const ESCALATE = `mutation ($id: ID!) { escalateCase(caseId: $id, reason: PATIENT_WORSE) { id } }`;
const QUIET = `mutation { setQuietHours(fromMinute: 480, toMinute: 600) { toMinute } }`;
const DEAD = `query ($siteId: ID!) { notificationDeliveries(siteId: $siteId, state: DEAD) {
  edges { node { id kind way tries lastError userName } } } }`;
const AGAIN = `mutation ($id: ID!) { sendNotificationAgain(id: $id) { state } }`;

describe("notes that leave the desk", () => {
  let server: TestServer;
  let mail: MailServer;
  let hook: Receiver;
  let siteId: string;
  let admin: SignedIn;
  let staff: SignedIn;
  let reader: SignedIn;

  beforeAll(async () => {
    server = await startTestServer({
      config: { outboundNetworks: "127.0.0.0/8" },
    });
    mail = await startMailServer(MAIL_LOGIN);
    hook = await startReceiver();
  });
  afterAll(async () => {
    await mail.stop();
    await hook.stop();
    await server.stop();
  });

  beforeEach(async () => {
    // What a test before left waiting is nobody's here.
    await server.database.client.notificationDelivery.deleteMany();
    mail.mails.length = 0;
    hook.posts.length = 0;
    siteId = (await aSite(server)).id;
    admin = await asAdmin(server, siteId);
    staff = await asStaff(server, siteId);
    reader = await asRadiologist(server, siteId);
  });

  let patients = 0;
  const aPatient = () => {
    patients += 1;
    return aCase(server, siteId).named(
      "NGUYEN^Van Secret",
      `MRN-SECRET-${String(patients)}`,
    );
  };
  const assign = async (urgency: "ROUTINE" | "URGENT" = "ROUTINE") => {
    const { case: row } = await aPatient().with({ urgency }).create();
    (
      await staff.execute(ASSIGN, { id: row.id, user: reader.userId })
    ).anyData();
    return row.id;
  };
  const rows = () => server.database.client.notificationDelivery.findMany();
  const deadOf = async (who: SignedIn) => {
    const answer = (await who.execute(DEAD, { siteId })).anyData();
    const list = answer["notificationDeliveries"] as {
      edges: { node: { id: string; tries: number; lastError: string } }[];
    };
    return list.edges.map(({ node }) => node);
  };

  it("leave by no way until an admin has opened one", async () => {
    await wants(reader, "ASSIGNED", ["EMAIL", "WEBHOOK"]);
    await assign();
    expect(await rows()).toEqual([]);
  });

  it("leave by the ways that one wants, with a link and no word of the patient", async () => {
    await openWays(admin, siteId, { mail, hook });
    await wants(reader, "ASSIGNED", ["EMAIL", "WEBHOOK"]);
    const { client } = server.database;
    await client.user.update({
      where: { id: reader.userId },
      data: { locale: "vi" },
    });
    const caseId = await assign();
    expect(await rows()).toHaveLength(2);
    const { events } = await recordedBy(server, async () => {
      expect(await aDelivery(server).run()).toEqual({ sent: 2, dead: 0 });
    });
    expect(events.map(({ type, details }) => [type, details["way"]])).toEqual(
      expect.arrayContaining([
        ["notification.sent", "EMAIL"],
        ["notification.sent", "WEBHOOK"],
      ]),
    );
    expect(events).toHaveLength(2);

    const [letter] = mail.mails;
    const link = `http://desk.example/cases/${caseId}`;
    expect(letter?.to).toEqual([reader.email]);
    expect(letter?.user).toBe(MAIL_LOGIN.user);
    expect(letter?.raw.replaceAll("=\r\n", "")).toContain(link);
    expect(letter?.raw).toContain("Subject: =?UTF-8?");

    const [post] = hook.posts;
    const body = post?.body ?? "";
    expect(JSON.parse(body)).toEqual({
      id: post?.headers["idempotency-key"],
      kind: "assigned",
      urgent: false,
      createdAt: server.clock.now().toISOString(),
      site: expect.any(String),
      to: reader.email,
      link,
    });
    const time = Math.floor(server.clock.now().getTime() / 1_000);
    const mac = createHmac("sha256", HOOK_SECRET)
      .update(`${String(time)}.${body}`)
      .digest("hex");
    expect(post?.headers["lung-iris-signature"]).toBe(
      `t=${String(time)},v1=${mac}`,
    );
    for (const text of [letter?.raw ?? "", body]) {
      expect(text).not.toMatch(/secret/i);
      expect(text).not.toContain("MRN");
    }
    expect(await aDelivery(server).run()).toEqual({ sent: 0, dead: 0 });
    expect(mail.mails).toHaveLength(1);
  });

  it("are written with the note or not at all, with a job that sends them", async () => {
    await openWays(admin, siteId, { hook });
    await wants(reader, "ASSIGNED", ["WEBHOOK"]);
    await assign();
    const [row] = await rows();
    const jobs = await server.database.client.$queryRaw<{ key: string }[]>`
      SELECT "key" FROM graphile_worker._private_jobs
      WHERE "key" = ${`deliver-notes:${row?.id ?? ""}`}`;
    expect(jobs).toHaveLength(1);
    // A transaction that fails after the note leaves neither.
    const { case: other } = await aPatient().create();
    const before = await rows();
    await server.database.client.$executeRawUnsafe(
      `ALTER TABLE "NotificationDelivery" ADD CONSTRAINT "for_this_test" CHECK ("tries" > 99) NOT VALID`,
    );
    const answer = await staff.execute(ASSIGN, {
      id: other.id,
      user: reader.userId,
    });
    await server.database.client.$executeRawUnsafe(
      `ALTER TABLE "NotificationDelivery" DROP CONSTRAINT "for_this_test"`,
    );
    expect(answer.code).toBe("INTERNAL");
    expect(await rows()).toEqual(before);
    expect(
      await server.database.client.inboxItem.count({
        where: { caseId: other.id },
      }),
    ).toBe(0);
  });

  it("are tried again under the same id, then given up, and sent again by an admin", async () => {
    await openWays(admin, siteId, { hook });
    await wants(reader, "ASSIGNED", ["WEBHOOK"]);
    await assign();
    hook.answers.push({ status: 503 }, { status: 503 });
    const delivery = aDelivery(server);
    expect(await delivery.run()).toEqual({ sent: 0, dead: 0 });
    expect(await delivery.run()).toEqual({ sent: 0, dead: 0 });
    expect(hook.posts).toHaveLength(1);
    server.clock.forward(31);
    expect(await delivery.run()).toEqual({ sent: 0, dead: 0 });
    server.clock.forward(61);
    expect(await delivery.run()).toEqual({ sent: 1, dead: 0 });
    const keys = hook.posts.map(({ headers }) => headers["idempotency-key"]);
    expect(new Set(keys).size).toBe(1);
    expect(keys).toHaveLength(3);

    await assign();
    hook.answers.push({ status: 410 });
    expect(await delivery.run()).toEqual({ sent: 0, dead: 1 });
    const [dead] = await deadOf(admin);
    expect(dead).toMatchObject({
      kind: "ASSIGNED",
      tries: 1,
      lastError: "The receiver answered 410.",
      userName: reader.name,
    });
    expect((await reader.execute(AGAIN, { id: dead?.id })).code).toBe(
      "FORBIDDEN",
    );
    const stranger = await asAdmin(server, (await aSite(server)).id);
    expect((await stranger.execute(AGAIN, { id: dead?.id })).code).toBe(
      "NOT_FOUND",
    );
    (await admin.execute(AGAIN, { id: dead?.id })).anyData();
    expect(await delivery.run()).toEqual({ sent: 1, dead: 0 });
    expect(await deadOf(admin)).toEqual([]);
    expect((await admin.execute(AGAIN, { id: dead?.id })).code).toBe(
      "CONFLICT",
    );
  });

  it("are given up after eight tries", async () => {
    await openWays(admin, siteId, { mail });
    await wants(reader, "ASSIGNED", ["EMAIL"]);
    await assign();
    mail.refusals.push(451, 451, 451, 451, 451, 451, 451, 451);
    const ends: number[] = [];
    for (let tries = 0; tries < 8; tries += 1) {
      ends.push((await aDelivery(server).run()).dead);
      server.clock.forward(9 * 3_600);
    }
    expect(ends).toEqual([0, 0, 0, 0, 0, 0, 0, 1]);
    const later = await asAdmin(server, siteId);
    expect((await deadOf(later))[0]?.lastError).toMatch(/did not take it/);
  });

  it("follow no redirect, and go to no private address that nobody has named", async () => {
    await openWays(admin, siteId, { mail, hook });
    await wants(reader, "ASSIGNED", ["EMAIL", "WEBHOOK"]);
    await assign();
    const other = await startReceiver();
    hook.answers.push({ status: 307, location: other.url });
    expect(await aDelivery(server).run()).toEqual({ sent: 1, dead: 1 });
    expect(other.posts).toEqual([]);
    await other.stop();
    await assign();
    expect(await aDelivery(server, "10.0.0.0/8").run()).toEqual({
      sent: 0,
      dead: 2,
    });
    expect([mail.mails.length, hook.posts.length]).toEqual([1, 1]);
    const errors = (await deadOf(admin)).map(({ lastError }) => lastError);
    expect(
      errors.filter((text) => text.includes("private network")),
    ).toHaveLength(2);
  });

  it("of a worker that died are sent by the next one", async () => {
    await openWays(admin, siteId, { hook });
    await wants(reader, "ASSIGNED", ["WEBHOOK"]);
    await assign();
    const [row] = await rows();
    const lease = new Date(server.clock.now().getTime() + 120_000);
    await server.database.client.notificationDelivery.update({
      where: { id: row?.id ?? "" },
      data: { tries: 1, dueAt: lease },
    });
    expect(await aDelivery(server).run()).toEqual({ sent: 0, dead: 0 });
    server.clock.forward(121);
    const both = await Promise.all([
      aDelivery(server).run(),
      aDelivery(server).run(),
    ]);
    expect(both[0].sent + both[1].sent).toBe(1);
    expect(hook.posts).toHaveLength(1);
  });

  it("wait for the end of quiet hours, unless they are urgent", async () => {
    await openWays(admin, siteId, { hook });
    // Eight to ten by the site's clock (UTC); it is nine.
    server.clock.forward(
      (new Date("2027-01-04T09:00:00Z").getTime() -
        server.clock.now().getTime()) /
        1_000,
    );
    reader = await asRadiologist(server, siteId);
    staff = await asStaff(server, siteId);
    await wants(reader, "ASSIGNED", ["WEBHOOK"]);
    await wants(reader, "ESCALATED", ["WEBHOOK"]);
    (await reader.execute(QUIET)).anyData();
    await assign("ROUTINE");
    const critical = await assign("URGENT");
    (await staff.execute(ESCALATE, { id: critical })).anyData();
    const delivery = aDelivery(server);
    expect(await delivery.run()).toEqual({ sent: 1, dead: 0 });
    expect(JSON.parse(hook.posts[0]?.body ?? "{}")).toMatchObject({
      kind: "escalated",
      urgent: true,
    });
    // One of the two that wait is read in the page meanwhile.
    const item = await server.database.client.inboxItem.findFirstOrThrow({
      where: { userId: reader.userId, caseId: critical, kind: "ASSIGNED" },
    });
    await server.database.client.inboxItem.update({
      where: { id: item.id },
      data: { readAt: server.clock.now() },
    });
    server.clock.forward(3_600);
    expect(await delivery.run()).toEqual({ sent: 1, dead: 0 });
    expect((await rows()).map(({ state }) => state).sort()).toEqual([
      "DROPPED",
      "SENT",
      "SENT",
    ]);
  });

  it("reach nobody who has left the site or may not sign in", async () => {
    await openWays(admin, siteId, { hook });
    await wants(reader, "ASSIGNED", ["WEBHOOK"]);
    await assign();
    await server.database.client.user.update({
      where: { id: reader.userId },
      data: { isActive: false },
    });
    expect(await aDelivery(server).run()).toEqual({ sent: 0, dead: 0 });
    expect((await rows()).map(({ state }) => state)).toEqual(["DROPPED"]);
    expect(hook.posts).toEqual([]);
  });

  it("are forgotten a month after they left", async () => {
    await openWays(admin, siteId, { hook });
    await wants(reader, "ASSIGNED", ["WEBHOOK"]);
    await assign();
    await aDelivery(server).run();
    expect(await aDelivery(server).purge()).toBe(0);
    server.clock.forward(31 * 24 * 3_600);
    expect(await aDelivery(server).purge()).toBe(1);
  });
});
