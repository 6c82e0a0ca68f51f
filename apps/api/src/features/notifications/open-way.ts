import type { NotificationWay, NotificationWays } from "@lung-iris/prisma";
import type { Clock } from "../../platform/clock.ts";
import type { OutboundTargets } from "../../platform/outbound-targets.ts";
import { unseal } from "../../platform/sealed-secret.ts";
import { EmailWay } from "./email-way.ts";
import type { WayOut } from "./way-out.ts";
import { WebhookWay } from "./webhook-way.ts";

/** What ways are opened with. */
export interface WayDeps {
  targets: OutboundTargets;
  clock: Clock;
  /** The desk's own secret, under which those of the ways are sealed. */
  secret: string;
}

/** To what each sealed secret is bound. */
export const placeOf = (siteId: string, what: "smtp" | "webhook"): string =>
  `notification-ways/${siteId}/${what}`;

/** A site's way as it is set; null where it is off. */
export function openWay(
  { targets, clock, secret }: WayDeps,
  ways: NotificationWays | null,
  way: NotificationWay,
): WayOut | null {
  if (ways === null) return null;
  const { siteId } = ways;
  if (way === "WEBHOOK") {
    const { webhookIsOn, webhookUrl, webhookSecret } = ways;
    if (!webhookIsOn || webhookUrl === null || webhookSecret === null)
      return null;
    return new WebhookWay({
      url: webhookUrl,
      secret: unseal(secret, placeOf(siteId, "webhook"), webhookSecret),
      targets,
      clock,
    });
  }
  const { emailIsOn, smtpHost, smtpPort, smtpSecurity, fromAddress } = ways;
  const isSet =
    smtpHost !== null &&
    smtpPort !== null &&
    smtpSecurity !== null &&
    fromAddress !== null;
  if (!emailIsOn || !isSet) return null;
  const { smtpUser, smtpPassword } = ways;
  const login =
    smtpUser === null || smtpPassword === null
      ? null
      : {
          user: smtpUser,
          password: unseal(secret, placeOf(siteId, "smtp"), smtpPassword),
        };
  return new EmailWay(
    {
      host: smtpHost,
      port: smtpPort,
      security: smtpSecurity,
      login,
      from: fromAddress,
    },
    targets,
  );
}
