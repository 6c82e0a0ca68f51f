import { AuditLog } from "../../apps/api/src/audit/audit-log.ts";
import { DeliveryService } from "../../apps/api/src/features/notifications/delivery.service.ts";
import { OutboundTargets } from "../../apps/api/src/platform/outbound-targets.ts";
import type { MailServer, Receiver } from "./receivers.ts";
import type { TestServer } from "./server.ts";
import type { SignedIn } from "./viewers.ts";

export const MAIL_LOGIN = { user: "desk", password: "a mail password" };
export const HOOK_SECRET = "a secret of the webhook";

export const SAVE_WAYS = `mutation ($input: NotificationWaysInput!) {
  saveNotificationWays(input: $input) { version emailIsOn webhookIsOn hasSmtpPassword hasWebhookSecret } }`;

/** What an admin sends to open both ways of a site, or with changes. */
export function waysInput(
  siteId: string,
  { mail, hook }: { mail?: MailServer; hook?: Receiver },
  baseVersion = 0,
) {
  return {
    siteId,
    baseVersion,
    email: {
      isOn: mail !== undefined,
      host: mail === undefined ? "" : "127.0.0.1",
      port: mail?.port ?? 587,
      security: "NONE",
      user: mail === undefined ? "" : MAIL_LOGIN.user,
      password: mail === undefined ? null : MAIL_LOGIN.password,
      from: mail === undefined ? "" : "desk@hospital.example",
    },
    webhook: {
      isOn: hook !== undefined,
      url: hook?.url ?? "",
      secret: hook === undefined ? null : HOOK_SECRET,
    },
  };
}

export async function openWays(
  admin: SignedIn,
  siteId: string,
  out: { mail?: MailServer; hook?: Receiver },
): Promise<void> {
  const input = waysInput(siteId, out);
  (await admin.execute(SAVE_WAYS, { input })).anyData();
}

/** Chooses ways for a kind of note. */
export async function wants(
  who: SignedIn,
  kind: string,
  ways: string[],
): Promise<void> {
  const answer = await who.execute(
    `mutation ($choices: [KindChoiceInput!]!) {
      chooseNotifications(choices: $choices) { kinds { kind ways } } }`,
    { choices: [{ kind, ways }] },
  );
  answer.anyData();
}

/** What the worker runs, on the server's database and clock. */
export function aDelivery(
  server: TestServer,
  networks = "127.0.0.0/8",
): DeliveryService {
  const { client } = server.appDatabase;
  const { clock, config } = server;
  return new DeliveryService({
    client,
    clock,
    audit: new AuditLog(client, clock),
    targets: new OutboundTargets(networks),
    secret: config.secret,
    deskUrl: config.deskUrl,
  });
}
