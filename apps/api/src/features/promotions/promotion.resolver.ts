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
} from "type-graphql";
import { Requires } from "../../access/requires.ts";
import type { ApiContext } from "../../context.ts";
import type { Page } from "../../platform/pagination.ts";
import { ShortPageArgs } from "../../platform/pagination.type.ts";
import type { PromotionRow, PromotionService } from "./promotion.service.ts";
import {
  DecidePromotionInput,
  PromotionConnection,
  PromotionType,
  ProposePromotionInput,
  BeforeAfterType,
} from "./promotion.type.ts";
import type {
  BeforeAfter,
  BeforeAfterService,
} from "./before-after.service.ts";

@Resolver(() => PromotionType)
export class PromotionResolver {
  constructor(
    private readonly service: PromotionService,
    private readonly beforeAfters: BeforeAfterService,
  ) {}

  @Query(() => PromotionConnection, {
    description: "Every promotion of a site, the newest first.",
  })
  @Requires("model:read")
  promotions(
    @Arg("siteId", () => ID, { description: "The site." }) siteId: string,
    @Args(() => ShortPageArgs) page: ShortPageArgs,
    @Ctx() { viewer }: ApiContext,
  ): Promise<Page<PromotionRow>> {
    return this.service.list(viewer, siteId, page);
  }

  @Mutation(() => PromotionType, {
    description: "Proposes a candidate whose judgement missed no bar.",
  })
  @Requires("model:promote")
  proposePromotion(
    @Arg("input", () => ProposePromotionInput, { description: "Which, why." })
    input: ProposePromotionInput,
    @Ctx() { viewer }: ApiContext,
  ): Promise<PromotionRow> {
    return this.service.propose(viewer, input);
  }

  @Mutation(() => PromotionType, {
    description:
      "Makes the candidate live at its site and asks it about every film that nobody has signed. Refuses whoever proposed or made it, or has an account that is younger than it.",
  })
  @Requires("model:promote")
  approvePromotion(
    @Arg("input", () => DecidePromotionInput, { description: "Which, why." })
    input: DecidePromotionInput,
    @Ctx() { viewer }: ApiContext,
  ): Promise<PromotionRow> {
    return this.service.approve(viewer, input);
  }

  @Mutation(() => PromotionType, { description: "Declines a proposal." })
  @Requires("model:promote")
  rejectPromotion(
    @Arg("input", () => DecidePromotionInput, { description: "Which, why." })
    input: DecidePromotionInput,
    @Ctx() { viewer }: ApiContext,
  ): Promise<PromotionRow> {
    return this.service.reject(viewer, input);
  }

  @Mutation(() => PromotionType, {
    description:
      "Takes a site's last promotion back: what was live before is live again at once, by one person.",
  })
  @Requires("model:promote")
  rollBackPromotion(
    @Arg("input", () => DecidePromotionInput, { description: "Which, why." })
    input: DecidePromotionInput,
    @Ctx() { viewer }: ApiContext,
  ): Promise<PromotionRow> {
    return this.service.rollBack(viewer, input);
  }

  @FieldResolver(() => Boolean, {
    description: "Whether the viewer may approve it.",
  })
  viewerCanApprove(
    @Root() row: PromotionRow,
    @Ctx() { viewer }: ApiContext,
  ): Promise<boolean> {
    return this.service.viewerCanApprove(viewer, row);
  }

  @FieldResolver(() => BeforeAfterType, {
    nullable: true,
    description: "The two weeks after it; null where it never went live.",
  })
  beforeAfter(
    @Root() row: PromotionRow,
    @Ctx() { viewer }: ApiContext,
  ): Promise<BeforeAfter | null> {
    return this.beforeAfters.of(viewer, row);
  }
}
