import { Arg, Ctx, Query, Resolver } from "type-graphql";
import { Requires } from "../../access/requires.ts";
import type { ApiContext } from "../../context.ts";
import type { Replay, ReplayService } from "./replay.service.ts";
import { ReplayInput, ReplayType } from "./replay.type.ts";

@Resolver(() => ReplayType)
export class ReplayResolver {
  constructor(private readonly replays: ReplayService) {}

  @Query(() => ReplayType, {
    description:
      "How long cases would have waited under other orders of reading; changes nothing, and names no patient.",
  })
  @Requires("policy:edit")
  replay(
    @Arg("input", () => ReplayInput, { description: "What and by whom." })
    input: ReplayInput,
    @Ctx() { viewer }: ApiContext,
  ): Promise<Replay> {
    return this.replays.run(viewer, input);
  }
}
