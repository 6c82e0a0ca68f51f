import type { Case, Prediction, Review } from "@lung-iris/prisma";
import {
  Arg,
  Ctx,
  FieldResolver,
  Mutation,
  Resolver,
  Root,
} from "type-graphql";
import { Requires } from "../../access/requires.ts";
import type { ApiContext } from "../../context.ts";
import { loadRequired } from "../../platform/loader.ts";
import { CaseType } from "../cases/case.type.ts";
import { PredictionType } from "../triage/prediction.type.ts";
import type { UserRow } from "../users/user.row.ts";
import { UserType } from "../users/user.type.ts";
import { readMarks } from "./marks.ts";
import type { Mark } from "./marks.ts";
import { AmendReviewInput, SignReviewInput } from "./review.input.ts";
import type { ReviewService } from "./review.service.ts";
import { MarkType, ReviewType } from "./review.type.ts";

@Resolver(() => ReviewType)
export class ReviewResolver {
  constructor(private readonly reviewService: ReviewService) {}

  @Mutation(() => ReviewType, {
    description: "Signs the review of a case that you have claimed.",
  })
  @Requires("review:sign")
  signReview(
    @Arg("input", () => SignReviewInput, { description: "What you decide." })
    input: SignReviewInput,
    @Ctx() { viewer }: ApiContext,
  ): Promise<Review> {
    return this.reviewService.sign(viewer, input);
  }

  @Mutation(() => ReviewType, {
    description: "Adds a version to your own signed review.",
  })
  @Requires("review:amend")
  amendReview(
    @Arg("input", () => AmendReviewInput, { description: "What you decide." })
    input: AmendReviewInput,
    @Ctx() { viewer }: ApiContext,
  ): Promise<Review> {
    return this.reviewService.amend(viewer, input);
  }

  @FieldResolver(() => UserType, { description: "Who signed it." })
  reader(
    @Root() { readerId }: Review,
    @Ctx() { loaders }: ApiContext,
  ): Promise<UserRow> {
    return loadRequired(loaders.users, readerId, "user");
  }

  @FieldResolver(() => [MarkType], { description: "Regions marked." })
  marks(@Root() { marks }: Review): Mark[] {
    return readMarks(marks);
  }

  @FieldResolver(() => PredictionType, {
    nullable: true,
    description: "What the AI had said; null where it had said nothing.",
  })
  prediction(
    @Root() { predictionId }: Review,
    @Ctx() { loaders }: ApiContext,
  ): Promise<Prediction | null> | null {
    return predictionId === null
      ? null
      : loaders.predictions.load(predictionId);
  }

  @FieldResolver(() => ReviewType, {
    nullable: true,
    description: "The version that this one replaces.",
  })
  supersedes(
    @Root() { supersedesId }: Review,
    @Ctx() { loaders }: ApiContext,
  ): Promise<Review | null> | null {
    return supersedesId === null ? null : loaders.reviews.load(supersedesId);
  }

  @FieldResolver(() => Boolean, {
    description: "Whether no later version replaces it.",
  })
  async isCurrent(
    @Root() { id, caseId }: Review,
    @Ctx() { loaders }: ApiContext,
  ): Promise<boolean> {
    const all = await loaders.reviewsOfCase.load(caseId);
    return !all.some(({ supersedesId }) => supersedesId === id);
  }
}

@Resolver(() => CaseType)
export class CaseReviewResolver {
  constructor(private readonly reviewService: ReviewService) {}

  @FieldResolver(() => [ReviewType], {
    description: "All reviews in all versions, newest first.",
  })
  reviews(
    @Root() { id }: Case,
    @Ctx() { loaders }: ApiContext,
  ): Promise<Review[]> {
    return loaders.reviewsOfCase.load(id);
  }

  @FieldResolver(() => Boolean, {
    description: "Whether you may amend the newest review.",
  })
  async viewerCanAmend(
    @Root() row: Case,
    @Ctx() { viewer, loaders }: ApiContext,
  ): Promise<boolean> {
    const [newest] = await loaders.reviewsOfCase.load(row.id);
    return this.reviewService.canAmend(viewer, row, newest);
  }
}
