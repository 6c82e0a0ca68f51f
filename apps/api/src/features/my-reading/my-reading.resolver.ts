import { Arg, Ctx, Int, Query, Resolver } from "type-graphql";
import { Requires } from "../../access/requires.ts";
import type { ApiContext } from "../../context.ts";
import type { ReadingSummary } from "./my-reading.rules.ts";
import type { MyReadingService } from "./my-reading.service.ts";
import { MyReadingType } from "./my-reading.type.ts";

@Resolver(() => MyReadingType)
export class MyReadingResolver {
  constructor(private readonly myReadings: MyReadingService) {}

  @Query(() => MyReadingType, {
    description:
      "Your own reading in figures. Nobody can ask for another's, and no patient stands in it.",
  })
  @Requires("reading:sign")
  myReading(
    @Arg("weeks", () => Int, {
      defaultValue: 12,
      description: "The last weeks, 1 to 52.",
    })
    weeks: number,
    @Ctx() { viewer }: ApiContext,
  ): Promise<ReadingSummary> {
    return this.myReadings.summary(viewer, weeks);
  }
}
