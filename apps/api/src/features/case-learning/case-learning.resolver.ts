import { Arg, Ctx, ID, Query, Resolver } from "type-graphql";
import { Requires } from "../../access/requires.ts";
import type { ApiContext } from "../../context.ts";
import type {
  CaseLearning,
  CaseLearningService,
} from "./case-learning.service.ts";
import { CaseLearningType } from "./case-learning.type.ts";

@Resolver(() => CaseLearningType)
export class CaseLearningResolver {
  constructor(private readonly learning: CaseLearningService) {}

  @Query(() => CaseLearningType, {
    nullable: true,
    description:
      "The labels that readings made of a case, and what its films are for; null for a case the viewer cannot see. The look is recorded.",
  })
  @Requires("dataset:read")
  caseLearning(
    @Arg("caseId", () => ID, { description: "The case." }) caseId: string,
    @Ctx() { viewer }: ApiContext,
  ): Promise<CaseLearning | null> {
    return this.learning.of(viewer, caseId);
  }
}
