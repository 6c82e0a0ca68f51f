import type { GoldenRun } from "@lung-iris/prisma";
import { Arg, Ctx, ID, Query, Resolver } from "type-graphql";
import { Requires } from "../../access/requires.ts";
import type { ApiContext } from "../../context.ts";
import type { GoldenRunsService } from "./golden-runs.service.ts";
import { GoldenRunType } from "./golden.type.ts";

@Resolver(() => GoldenRunType)
export class GoldenRunResolver {
  constructor(private readonly service: GoldenRunsService) {}

  @Query(() => [GoldenRunType], {
    description:
      "The newest answers of each worker on the shipped films, by the site's live model: 100 at most.",
  })
  @Requires("monitoring:read")
  goldenRuns(
    @Arg("siteId", () => ID, { description: "The site." }) siteId: string,
    @Ctx() { viewer }: ApiContext,
  ): Promise<GoldenRun[]> {
    return this.service.newest(viewer, siteId);
  }
}
