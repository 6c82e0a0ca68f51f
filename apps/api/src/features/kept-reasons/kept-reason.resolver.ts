import { KeptReasonKind } from "@lung-iris/prisma";
import type { KeptReason } from "@lung-iris/prisma";
import { Arg, Args, Ctx, ID, Mutation, Query, Resolver } from "type-graphql";
import { Requires } from "../../access/requires.ts";
import type { ApiContext } from "../../context.ts";
import type { KeptReasonService } from "./kept-reason.service.ts";
import {
  KeepReasonInput,
  KeptReasonArgs,
  KeptReasonType,
} from "./kept-reason.type.ts";

/** Reasons that people type beside the cases until they give them. */
@Resolver(() => KeptReasonType)
export class KeptReasonResolver {
  constructor(private readonly reasons: KeptReasonService) {}

  @Query(() => KeptReasonType, {
    nullable: true,
    description:
      "The reason that you typed for something and have not given yet; null without one.",
  })
  @Requires("patient:read")
  keptReason(
    @Args(() => KeptReasonArgs) { kind, aboutId, part }: KeptReasonArgs,
    @Ctx() { viewer }: ApiContext,
  ): Promise<KeptReason | null> {
    return this.reasons.find(viewer, { kind, aboutId, part: part ?? "" });
  }

  @Query(() => [KeptReasonType], {
    description:
      "All that you typed of a kind about something and have not given yet, the newest first, as of films that wait to be sent to a site.",
  })
  @Requires("patient:read")
  keptReasons(
    @Arg("kind", () => KeptReasonKind, { description: "What it is for." })
    kind: KeptReasonKind,
    @Arg("aboutId", () => ID, { description: "What it is about." })
    aboutId: string,
    @Ctx() { viewer }: ApiContext,
  ): Promise<KeptReason[]> {
    return this.reasons.list(viewer, { kind, aboutId });
  }

  @Mutation(() => KeptReasonType, {
    nullable: true,
    description:
      "Keeps the reason that you have typed so far, for you alone, until you give it, for a month at most; an empty one is forgotten, and the answer is null.",
  })
  @Requires("patient:read")
  keepReason(
    @Arg("input", () => KeepReasonInput, { description: "So far." })
    input: KeepReasonInput,
    @Ctx() { viewer }: ApiContext,
  ): Promise<KeptReason | null> {
    const { kind, aboutId, part, text } = input;
    return this.reasons.keep(viewer, {
      kind,
      aboutId,
      part: part ?? "",
      text,
    });
  }
}
