import { Arg, Ctx, ID, Int, Query, Resolver } from "type-graphql";
import { Requires } from "../../access/requires.ts";
import type { ApiContext } from "../../context.ts";
import type { Monitoring, MonitoringService } from "./monitoring.service.ts";
import { MonitoringType } from "./monitoring.type.ts";

@Resolver(() => MonitoringType)
export class MonitoringResolver {
  constructor(private readonly service: MonitoringService) {}

  @Query(() => MonitoringType, {
    description:
      "What the AI does at a site from day to day, and whether it changed. Only numbers, so it is no look at any patient.",
  })
  @Requires("monitoring:read")
  monitoring(
    @Arg("siteId", () => ID, { description: "The site." }) siteId: string,
    @Arg("days", () => Int, {
      defaultValue: 30,
      description: "How many days back, 7 to 365.",
    })
    days: number,
    @Ctx() { viewer }: ApiContext,
  ): Promise<Monitoring> {
    return this.service.read(viewer, siteId, days);
  }
}
