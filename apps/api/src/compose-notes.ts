import type { DatabaseClient } from "@lung-iris/prisma";
import type { AuditLog } from "./audit/audit-log.ts";
import type { ApiConfig } from "./config.ts";
import { InboxResolver } from "./features/inbox/inbox.resolver.ts";
import { InboxService } from "./features/inbox/inbox.service.ts";
import { DeliveryListService } from "./features/notifications/delivery-list.service.ts";
import { NotificationChoicesService } from "./features/notifications/notification-choices.service.ts";
import { NotificationResolver } from "./features/notifications/notification.resolver.ts";
import { NotificationWaysService } from "./features/notifications/notification-ways.service.ts";
import type { Clock } from "./platform/clock.ts";
import { OutboundTargets } from "./platform/outbound-targets.ts";

/** What people are told: in the page, and by the ways that leave the desk. */
export function composeNotes(deps: {
  client: DatabaseClient;
  audit: AuditLog;
  clock: Clock;
  config: Pick<ApiConfig, "outboundNetworks" | "secret" | "deskUrl">;
}): readonly object[] {
  const { client, audit, clock, config } = deps;
  const { outboundNetworks, secret, deskUrl } = config;
  const targets = new OutboundTargets(outboundNetworks);
  return [
    new InboxResolver(new InboxService({ client, audit, clock })),
    new NotificationResolver(
      new NotificationWaysService({
        client,
        audit,
        clock,
        targets,
        secret,
        deskUrl,
      }),
      new NotificationChoicesService({ client, audit }),
      new DeliveryListService({ client, audit, clock }),
    ),
  ];
}
