import type { Alarm } from "@lung-iris/prisma";
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
  Subscription,
} from "type-graphql";
import { z } from "zod";
import { Requires } from "../../access/requires.ts";
import type { ApiContext } from "../../context.ts";
import { NotFoundError } from "../../errors.ts";
import type { AlarmNotice } from "../../platform/notifications.ts";
import type { Page } from "../../platform/pagination.ts";
import { ShortPageArgs } from "../../platform/pagination.type.ts";
import { newsOfAlarms } from "./alarm-news.ts";
import type { AlarmService } from "./alarm.service.ts";
import { AlarmConnection, AlarmFigureType, AlarmType } from "./alarm.type.ts";

interface AlarmFigure {
  name: string;
  number: number | null;
  text: string | null;
}

interface SubscribeInput {
  args: { siteId: string };
  context: ApiContext;
}

const figuresSchema = z.record(
  z.string(),
  z.union([z.number(), z.string(), z.null()]),
);

@Resolver(() => AlarmType)
export class AlarmResolver {
  constructor(private readonly service: AlarmService) {}

  @Query(() => AlarmConnection, {
    description: "A site's alarms, newest first.",
  })
  @Requires("monitoring:read")
  alarms(
    @Arg("siteId", () => ID, { description: "The site." }) siteId: string,
    @Arg("isOpen", () => Boolean, {
      nullable: true,
      description: "Only those that are not over, or only those that are.",
    })
    isOpen: boolean | null,
    @Args(() => ShortPageArgs) { first, after }: ShortPageArgs,
    @Ctx() { viewer }: ApiContext,
  ): Promise<Page<Alarm>> {
    const asked = { siteId, isOpen: isOpen ?? null };
    return this.service.list(viewer, asked, first, after);
  }

  @Mutation(() => AlarmType, {
    description: "The viewer answers for the alarm from now on.",
  })
  @Requires("alarm:handle")
  takeAlarm(
    @Arg("id", () => ID, { description: "The alarm." }) id: string,
    @Ctx() { viewer }: ApiContext,
  ): Promise<Alarm> {
    return this.service.take(viewer, id);
  }

  @Mutation(() => AlarmType, {
    description:
      "Says what it was. An alarm of drift is over by that, and what comes from now on is the new normal.",
  })
  @Requires("alarm:handle")
  acknowledgeAlarm(
    @Arg("id", () => ID, { description: "The alarm." }) id: string,
    @Arg("note", () => String, { description: "1 to 1,000 characters." })
    note: string,
    @Ctx() { viewer }: ApiContext,
  ): Promise<Alarm> {
    return this.service.acknowledge(viewer, id, note);
  }

  @Subscription(() => AlarmType, {
    description:
      "A site's alarm each time something becomes of it. Ends when the connection to the database was lost: subscribe again and reload.",
    subscribe: ({ args, context }: SubscribeInput) =>
      newsOfAlarms(context.viewer, context.notifications, args.siteId),
  })
  @Requires("monitoring:read")
  async alarmChanged(
    @Root() { alarmId }: AlarmNotice,
    @Arg("siteId", () => ID, { description: "The site." }) _siteId: string,
    @Ctx() { viewer }: ApiContext,
  ): Promise<Alarm> {
    const alarm = await this.service.find(viewer, alarmId);
    if (alarm === null) throw new NotFoundError("alarm");
    return alarm;
  }

  @FieldResolver(() => [AlarmFigureType], {
    description: "What was seen when it was raised.",
  })
  figures(@Root() { figures }: Alarm): AlarmFigure[] {
    const values = figuresSchema.parse(figures);
    // The database keeps them in an order of its own.
    return Object.keys(values)
      .sort()
      .map((name) => {
        const value = values[name];
        return {
          name,
          number: typeof value === "number" ? value : null,
          text: typeof value === "string" ? value : null,
        };
      });
  }
}
