import type { Case } from "@lung-iris/prisma";
import {
  Arg,
  Args,
  ArgsType,
  Ctx,
  Field,
  ID,
  Mutation,
  Query,
  Resolver,
} from "type-graphql";
import { Requires } from "../../../access/requires.ts";
import type { ApiContext } from "../../../context.ts";
import { CaseType } from "../../case-rows/case.type.ts";
import type { NextCaseService } from "./next-case.service.ts";

@ArgsType()
class NextCaseArgs {
  @Field(() => ID, {
    nullable: true,
    description: "Of one site; of all that you may read where absent.",
  })
  siteId?: string | null;

  @Field(() => [ID], {
    defaultValue: [],
    description: "Cases passed over, at most 200: another one is next.",
  })
  passed!: string[];

  @Field(() => Boolean, {
    defaultValue: false,
    description:
      "Signed cases that wait for you as a second or third reader, instead of unread ones.",
  })
  secondReads!: boolean;
}

@Resolver()
export class NextCaseResolver {
  constructor(private readonly nextCases: NextCaseService) {}

  @Query(() => CaseType, {
    nullable: true,
    description:
      "The most urgent case that waits for anybody or for you, past its ceiling first; null where none does. Audited; claims nothing.",
  })
  @Requires("case:claim")
  nextCase(
    @Args(() => NextCaseArgs) request: NextCaseArgs,
    @Ctx() { viewer }: ApiContext,
  ): Promise<Case | null> {
    return this.nextCases.peek(viewer, request);
  }

  @Mutation(() => CaseType, {
    nullable: true,
    description:
      "Claims the most urgent case that waits for anybody or for you, in one step: two readers never get the same. Null where none waits.",
  })
  @Requires("case:claim")
  claimNextCase(
    @Args(() => NextCaseArgs) request: NextCaseArgs,
    @Arg("leaving", () => ID, {
      nullable: true,
      description:
        "Your own claimed case that you leave for it; put back where you have done nothing on it yet.",
    })
    leaving: string | null | undefined,
    @Ctx() { viewer }: ApiContext,
  ): Promise<Case | null> {
    return this.nextCases.claim(viewer, request, leaving ?? null);
  }
}
