import {
  Arg,
  Ctx,
  Field,
  ID,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
} from "type-graphql";
import { Requires } from "../../access/requires.ts";
import type { ApiContext } from "../../context.ts";
import type { HandOverService, InHand } from "./hand-over.service.ts";

@ObjectType("InHand", { description: "How much a reader has in hand." })
export class InHandType {
  @Field(() => Int, { description: "Cases that the reader holds." })
  reading!: number;

  @Field(() => Int, {
    description: "Waiting cases that were given to the reader.",
  })
  assigned!: number;
}

@Resolver()
export class HandOverResolver {
  constructor(private readonly handOvers: HandOverService) {}

  @Query(() => InHandType, {
    description: "How much you have in hand: only numbers.",
  })
  @Requires("case:claim")
  inHand(@Ctx() { viewer }: ApiContext): Promise<InHand> {
    return this.handOvers.count(viewer);
  }

  @Mutation(() => InHandType, {
    description:
      "Gives everything that you hold or were given to another reader, to a pool, or back to everybody, in one step; answers how much. What you typed stays with your own readings, unless you give it along.",
  })
  @Requires("case:claim")
  handOver(
    @Arg("toUserId", () => ID, {
      nullable: true,
      description: "The reader.",
    })
    toUserId: string | null | undefined,
    @Arg("toPoolId", () => ID, {
      nullable: true,
      description: "A pool in place of a reader; null with it: everybody.",
    })
    toPoolId: string | null | undefined,
    @Arg("withDrafts", () => Boolean, {
      defaultValue: false,
      description:
        "Gives your drafts of these cases along, to a reader only. None of a control case, or of a further reading.",
    })
    withDrafts: boolean,
    @Ctx() { viewer }: ApiContext,
  ): Promise<InHand> {
    const to = { userId: toUserId ?? null, poolId: toPoolId ?? null };
    return this.handOvers.handOver(viewer, to, withDrafts);
  }
}
