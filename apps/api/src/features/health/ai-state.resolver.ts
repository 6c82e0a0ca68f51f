import { Ctx, Query, Resolver } from "type-graphql";
import { Requires } from "../../access/requires.ts";
import type { ApiContext } from "../../context.ts";
import type { AiState, AiStateService } from "./ai-state.service.ts";
import { AiStateType } from "./ai-state.type.ts";

@Resolver(() => AiStateType)
export class AiStateResolver {
  constructor(private readonly states: AiStateService) {}

  @Query(() => AiStateType, {
    description:
      "Whether the AI is at work. Says nothing of patients, so it is no look at any.",
  })
  @Requires("signed-in")
  aiState(@Ctx() { viewer }: ApiContext): Promise<AiState> {
    return this.states.read(viewer);
  }
}
