import {
  DeliveryState,
  NotificationWay,
  type NotificationDelivery,
  type NotificationWays,
} from "@lung-iris/prisma";
import {
  Arg,
  Args,
  Ctx,
  FieldResolver,
  ID,
  Mutation,
  Query,
  Resolver,
  Root,
} from "type-graphql";
import { Requires } from "../../access/requires.ts";
import type { ApiContext } from "../../context.ts";
import { loadRequired } from "../../platform/loader.ts";
import type { Page } from "../../platform/pagination.ts";
import { ShortPageArgs } from "../../platform/pagination.type.ts";
import type { DeliveryListService } from "./delivery-list.service.ts";
import type {
  NotificationChoices,
  NotificationChoicesService,
} from "./notification-choices.service.ts";
import type {
  NotificationWaysService,
  TestResult,
} from "./notification-ways.service.ts";
import {
  KindChoiceInput,
  NotificationChoicesType,
  NotificationDeliveryConnection,
  NotificationDeliveryType,
  NotificationTestType,
  NotificationWaysInput,
  NotificationWaysType,
} from "./notification.type.ts";

/** How notes leave the desk. */
@Resolver(() => NotificationDeliveryType)
export class NotificationResolver {
  constructor(
    private readonly ways: NotificationWaysService,
    private readonly choices: NotificationChoicesService,
    private readonly deliveries: DeliveryListService,
  ) {}

  @Query(() => NotificationWaysType, {
    description: "How notes leave the desk at a site.",
  })
  @Requires("notification:manage")
  async notificationWays(
    @Arg("siteId", () => ID, { description: "The site." }) siteId: string,
    @Ctx() { viewer }: ApiContext,
  ): Promise<ShownWays> {
    return shown(siteId, await this.ways.read(viewer, siteId));
  }

  @Mutation(() => NotificationWaysType, {
    description: "Sets how notes leave the desk at a site.",
  })
  @Requires("notification:manage")
  async saveNotificationWays(
    @Arg("input", () => NotificationWaysInput, { description: "The ways." })
    input: NotificationWaysInput,
    @Ctx() { viewer }: ApiContext,
  ): Promise<ShownWays> {
    const { siteId, baseVersion, email, webhook } = input;
    const saved = await this.ways.save(viewer, {
      siteId,
      baseVersion,
      email: {
        isOn: email.isOn,
        host: email.host,
        port: email.port,
        security: email.security,
        user: email.user,
        password: email.password ?? null,
        from: email.from,
      },
      webhook: {
        isOn: webhook.isOn,
        url: webhook.url,
        secret: webhook.secret ?? null,
      },
    });
    return shown(siteId, saved);
  }

  @Mutation(() => NotificationTestType, {
    description:
      "Sends a test over a way as it is saved; e-mail goes to your own address.",
  })
  @Requires("notification:manage")
  testNotificationWay(
    @Arg("siteId", () => ID, { description: "The site." }) siteId: string,
    @Arg("way", () => NotificationWay, { description: "Which way." })
    way: NotificationWay,
    @Ctx() { viewer }: ApiContext,
  ): Promise<TestResult> {
    return this.ways.test(viewer, siteId, way);
  }

  @Query(() => NotificationDeliveryConnection, {
    description: "A site's notes on their way out, the newest first.",
  })
  @Requires("notification:manage")
  notificationDeliveries(
    @Arg("siteId", () => ID, { description: "The site." }) siteId: string,
    @Arg("state", () => DeliveryState, { description: "What became of them." })
    state: DeliveryState,
    @Args(() => ShortPageArgs) page: ShortPageArgs,
    @Ctx() { viewer }: ApiContext,
  ): Promise<Page<NotificationDelivery>> {
    return this.deliveries.list(viewer, { siteId, state }, page);
  }

  @Mutation(() => NotificationDeliveryType, {
    description: "Has a note that was given up sent again.",
  })
  @Requires("notification:manage")
  sendNotificationAgain(
    @Arg("id", () => ID, { description: "The delivery." }) id: string,
    @Ctx() { viewer }: ApiContext,
  ): Promise<NotificationDelivery> {
    return this.deliveries.again(viewer, id);
  }

  @Query(() => NotificationChoicesType, {
    description: "What you want to be told outside of the page.",
  })
  @Requires("case:read")
  notificationChoices(
    @Ctx() { viewer }: ApiContext,
  ): Promise<NotificationChoices> {
    return this.choices.own(viewer);
  }

  @Mutation(() => NotificationChoicesType, {
    description: "Changes some of it; kinds that are not named stay.",
  })
  @Requires("case:read")
  chooseNotifications(
    @Arg("choices", () => [KindChoiceInput], { description: "By kind." })
    choices: KindChoiceInput[],
    @Ctx() { viewer }: ApiContext,
  ): Promise<NotificationChoices> {
    return this.choices.choose(viewer, choices);
  }

  @FieldResolver(() => String, { description: "Name of who is told." })
  async userName(
    @Root() { userId }: NotificationDelivery,
    @Ctx() { loaders }: ApiContext,
  ): Promise<string> {
    return (await loadRequired(loaders.users, userId, "user")).name;
  }
}

/** The ways as they are shown. */
type ShownWays = Omit<
  NotificationWays,
  "smtpPassword" | "webhookSecret" | "updatedAt"
> & { hasSmtpPassword: boolean; hasWebhookSecret: boolean };

/** What an admin may see of the ways: that there is a secret, and not which. */
function shown(siteId: string, ways: NotificationWays | null): ShownWays {
  return {
    siteId,
    version: ways?.version ?? 0,
    emailIsOn: ways?.emailIsOn ?? false,
    smtpHost: ways?.smtpHost ?? null,
    smtpPort: ways?.smtpPort ?? null,
    smtpSecurity: ways?.smtpSecurity ?? null,
    smtpUser: ways?.smtpUser ?? null,
    hasSmtpPassword: (ways?.smtpPassword ?? null) !== null,
    fromAddress: ways?.fromAddress ?? null,
    webhookIsOn: ways?.webhookIsOn ?? false,
    webhookUrl: ways?.webhookUrl ?? null,
    hasWebhookSecret: (ways?.webhookSecret ?? null) !== null,
  };
}
