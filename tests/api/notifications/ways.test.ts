import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { recordedBy } from "../../testkit/audit-trail.ts";
import {
  HOOK_SECRET,
  MAIL_LOGIN,
  SAVE_WAYS,
  openWays,
  waysInput,
} from "../../testkit/notes-out.ts";
import {
  startMailServer,
  startReceiver,
  type MailServer,
  type Receiver,
} from "../../testkit/receivers.ts";
import { startTestServer } from "../../testkit/server.ts";
import type { TestServer } from "../../testkit/server.ts";
import { aSite, asAdmin, asAuditor, asStaff } from "../../testkit/viewers.ts";
import type { SignedIn } from "../../testkit/viewers.ts";

const READ = `query ($siteId: ID!) { notificationWays(siteId: $siteId) {
  version emailIsOn smtpHost smtpUser hasSmtpPassword webhookIsOn webhookUrl hasWebhookSecret } }`;
const TEST = `mutation ($siteId: ID!, $way: NotificationWay!) {
  testNotificationWay(siteId: $siteId, way: $way) { isDelivered problem } }`;
const CHOICES = `{ notificationChoices { openWays kinds { kind ways } } }`;
const CHOOSE = `mutation ($choices: [KindChoiceInput!]!) {
  chooseNotifications(choices: $choices) { kinds { kind ways } } }`;

describe("how notes leave a site", () => {
  let server: TestServer;
  let mail: MailServer;
  let hook: Receiver;
  let siteId: string;
  let admin: SignedIn;

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
    mail.mails.length = 0;
    hook.posts.length = 0;
    siteId = (await aSite(server)).id;
    admin = await asAdmin(server, siteId);
  });

  const read = async () =>
    (await admin.execute(READ, { siteId })).anyData()["notificationWays"];
  const test = async (way: "EMAIL" | "WEBHOOK") =>
    (await admin.execute(TEST, { siteId, way })).anyData()[
      "testNotificationWay"
    ];

  it("is off until an admin sets it, and set by admins of the site alone", async () => {
    expect(await read()).toMatchObject({
      version: 0,
      emailIsOn: false,
      webhookIsOn: false,
    });
    const input = waysInput(siteId, { hook });
    const staff = await asStaff(server, siteId);
    const stranger = await asAdmin(server, (await aSite(server)).id);
    expect((await staff.execute(SAVE_WAYS, { input })).code).toBe("FORBIDDEN");
    expect((await staff.execute(READ, { siteId })).code).toBe("FORBIDDEN");
    expect((await stranger.execute(SAVE_WAYS, { input })).code).toBe(
      "NOT_FOUND",
    );
    expect((await stranger.execute(READ, { siteId })).code).toBe("NOT_FOUND");
    expect((await admin.execute(SAVE_WAYS, { input })).code).toBeNull();
  });

  it("keeps secrets sealed: neither the answer, the trail nor the table tells them", async () => {
    const { events } = await recordedBy(server, () =>
      openWays(admin, siteId, { mail, hook }),
    );
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({
      type: "notification-ways.changed",
      details: { version: 1, isPasswordNew: true, isSecretNew: true },
      after: { smtpHost: "127.0.0.1", webhookIsOn: true },
    });
    const row = await server.database.client.notificationWays.findUniqueOrThrow(
      { where: { siteId } },
    );
    const stored = [row.smtpPassword, row.webhookSecret].map((bytes) =>
      Buffer.from(bytes ?? []).toString("latin1"),
    );
    const told = JSON.stringify([events, await read(), stored]);
    expect(told).not.toContain(MAIL_LOGIN.password);
    expect(told).not.toContain(HOOK_SECRET);
    expect(await read()).toMatchObject({
      hasSmtpPassword: true,
      hasWebhookSecret: true,
    });
  });

  it("keeps a password for its own server and name only", async () => {
    await openWays(admin, siteId, { mail, hook });
    const kept = waysInput(siteId, { mail, hook }, 1);
    kept.email.password = null;
    kept.webhook.secret = null;
    (await admin.execute(SAVE_WAYS, { input: kept })).anyData();
    expect(await read()).toMatchObject({ version: 2, hasSmtpPassword: true });
    const elsewhere = { ...kept, baseVersion: 2 };
    for (const change of [{ host: "evil.example" }, { user: "other" }]) {
      const email = { ...kept.email, ...change };
      const answer = await admin.execute(SAVE_WAYS, {
        input: { ...elsewhere, email },
      });
      expect(answer.refusedWith("BAD_USER_INPUT").extensions["fields"]).toEqual(
        ["input.email.password"],
      );
    }
  });

  it("tells the second of two admins that it was changed", async () => {
    await openWays(admin, siteId, { hook });
    const input = waysInput(siteId, { hook });
    expect((await admin.execute(SAVE_WAYS, { input })).code).toBe(
      "WAYS_CHANGED",
    );
  });

  it.each([
    ["webhook", { url: "ftp://host/x" }, "input.webhook.url"],
    ["webhook", { url: "https://a:b@host/x" }, "input.webhook.url"],
    ["webhook", { url: "" }, "input.webhook.url"],
    ["webhook", { secret: "short" }, "input.webhook.secret"],
    ["email", { host: "a b" }, "input.email.host"],
    ["email", { port: 0 }, "input.email.port"],
    ["email", { from: "x\r\nBcc: y@z" }, "input.email.from"],
    ["email", { from: "nobody" }, "input.email.from"],
  ] as const)("refuses %s with %j", async (way, change, field) => {
    const input = waysInput(siteId, { mail, hook });
    const answer = await admin.execute(SAVE_WAYS, {
      input: { ...input, [way]: { ...input[way], ...change } },
    });
    expect(answer.refusedWith("BAD_USER_INPUT").extensions["fields"]).toEqual([
      field,
    ]);
  });

  it("is tried by an admin, who gets the mail himself", async () => {
    await openWays(admin, siteId, { mail, hook });
    expect(await test("EMAIL")).toEqual({ isDelivered: true, problem: null });
    expect(mail.mails.map(({ to }) => to)).toEqual([[admin.email]]);
    expect(await test("WEBHOOK")).toEqual({ isDelivered: true, problem: null });
    expect(JSON.parse(hook.posts[0]?.body ?? "{}")).toMatchObject({
      kind: "test",
      link: "http://desk.example",
    });
    hook.answers.push({ status: 500 });
    const { events } = await recordedBy(server, async () => {
      expect(await test("WEBHOOK")).toEqual({
        isDelivered: false,
        problem: "The receiver answered 500.",
      });
    });
    expect(events.map(({ type, details }) => [type, details["ok"]])).toEqual([
      ["notification-ways.tested", false],
    ]);
    const other = await asAdmin(server, (await aSite(server)).id);
    expect((await other.execute(TEST, { siteId, way: "EMAIL" })).code).toBe(
      "NOT_FOUND",
    );
  });

  it("says what is wrong with a password", async () => {
    const input = waysInput(siteId, { mail });
    input.email.password = "another password";
    (await admin.execute(SAVE_WAYS, { input })).anyData();
    expect(await test("EMAIL")).toMatchObject({
      isDelivered: false,
      problem: expect.stringMatching(/did not take it/),
    });
    expect((await admin.execute(TEST, { siteId, way: "WEBHOOK" })).code).toBe(
      "WAY_CLOSED",
    );
  });

  it("is each person's own choice: critical results without any", async () => {
    await openWays(admin, siteId, { hook });
    const staff = await asStaff(server, siteId);
    const own = (await staff.execute(CHOICES)).anyData();
    expect(own["notificationChoices"]).toEqual({
      openWays: ["WEBHOOK"],
      kinds: [
        { kind: "CRITICAL", ways: ["EMAIL", "WEBHOOK"] },
        { kind: "ESCALATED", ways: [] },
        { kind: "ASSIGNED", ways: [] },
        { kind: "MENTIONED", ways: [] },
        { kind: "TAKEN_OVER", ways: [] },
        { kind: "PROCEDURE", ways: [] },
        { kind: "RETAKE_ASKED", ways: [] },
      ],
    });
    const choices = [
      { kind: "CRITICAL", ways: [] },
      { kind: "MENTIONED", ways: ["WEBHOOK"] },
    ];
    const { events } = await recordedBy(server, async () => {
      (await staff.execute(CHOOSE, { choices })).anyData();
      (await staff.execute(CHOOSE, { choices })).anyData();
    });
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({
      before: { CRITICAL: ["EMAIL", "WEBHOOK"], MENTIONED: [] },
      after: { CRITICAL: [], MENTIONED: ["WEBHOOK"] },
    });
    const after = (await staff.execute(CHOICES)).anyData();
    expect(after["notificationChoices"]).toMatchObject({
      kinds: expect.arrayContaining(choices),
    });
    const auditor = await asAuditor(server, siteId);
    expect((await auditor.execute(CHOICES)).code).toBe("FORBIDDEN");
  });
});
