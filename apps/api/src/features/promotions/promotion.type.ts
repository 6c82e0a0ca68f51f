import { PromotionState } from "@lung-iris/prisma";
import { GraphQLDateTime } from "graphql-scalars";
import {
  Field,
  Float,
  ID,
  InputType,
  Int,
  ObjectType,
  registerEnumType,
} from "type-graphql";
import { NodeType } from "../../platform/node.type.ts";
import { connectionTypes } from "../../platform/pagination.type.ts";
import { JudgementType } from "../judgements/judgement.type.ts";
import { ModelVersionType } from "../models/model.type.ts";

registerEnumType(PromotionState, {
  name: "PromotionState",
  description: "How far a promotion has come.",
  valuesConfig: {
    PROPOSED: { description: "Waits for a second person." },
    APPROVED: { description: "The candidate went live." },
    REJECTED: { description: "A second person declined it." },
    ROLLED_BACK: { description: "It went live and was taken back." },
  },
});

const Change = {
  AGREEMENT_FELL: "agreement-fell",
  POSITIVES_ROSE: "positives-rose",
  POSITIVES_FELL: "positives-fell",
  REFUSALS_ROSE: "refusals-rose",
} as const;
registerEnumType(Change, {
  name: "PeriodChange",
  description: "What is unlike before the promotion, at 99 %.",
  valuesConfig: {
    AGREEMENT_FELL: { description: "Readers agree less often." },
    POSITIVES_ROSE: { description: "More films are positive." },
    POSITIVES_FELL: { description: "Fewer films are positive." },
    REFUSALS_ROSE: { description: "More films are refused." },
  },
});

@ObjectType("PeriodFacts", { description: "What a model did in a while." })
export class PeriodFactsType {
  @Field(() => Float, { description: "How long that was, in days." })
  days!: number;

  @Field(() => Int, { description: "Films that came in, refused ones too." })
  films!: number;

  @Field(() => Int, { description: "Of those, positive." })
  positive!: number;

  @Field(() => Int, { description: "Of those, refused by the gate." })
  refused!: number;

  @Field(() => Int, { description: "Signed cases that showed its answer." })
  signed!: number;

  @Field(() => Int, { description: "Of those, agreeing with it." })
  agreed!: number;
}

@ObjectType("PromotionBeforeAfter", {
  description: "Two weeks after a promotion against two weeks before.",
})
export class BeforeAfterType {
  @Field(() => Boolean, { description: "Whether the two weeks are over." })
  isOver!: boolean;

  @Field(() => GraphQLDateTime, { description: "When they are." })
  until!: Date;

  @Field(() => PeriodFactsType, { description: "The model before." })
  before!: PeriodFactsType;

  @Field(() => PeriodFactsType, { description: "The promoted one, since." })
  after!: PeriodFactsType;

  @Field(() => [Change], {
    description: "What is unlike before; often nothing.",
  })
  changes!: (
    "agreement-fell" | "positives-rose" | "positives-fell" | "refusals-rose"
  )[];
}

@ObjectType("Promotion", {
  implements: NodeType,
  description: "That somebody wants a candidate live, and what came of it.",
})
export class PromotionType extends NodeType {
  @Field(() => ID, { description: "Where." })
  siteId!: string;

  @Field(() => PromotionState, { description: "How far it has come." })
  state!: PromotionState;

  @Field(() => ModelVersionType, { description: "What is to go live." })
  candidate!: ModelVersionType;

  @Field(() => ModelVersionType, { description: "What it takes the place of." })
  replaces!: ModelVersionType;

  @Field(() => JudgementType, { description: "What it rests on." })
  judgement!: JudgementType;

  @Field(() => [String], {
    description:
      "Email addresses of those who made the candidate, by its card and the proposal; none of them approves.",
  })
  trainedBy!: string[];

  @Field(() => String, { description: "Why it was proposed." })
  reason!: string;

  @Field(() => String, { description: "Who proposed it." })
  proposedByName!: string;

  @Field(() => GraphQLDateTime, { description: "When it was proposed." })
  proposedAt!: Date;

  @Field(() => String, {
    nullable: true,
    description: "Why it was decided so.",
  })
  decisionReason!: string | null;

  @Field(() => String, { nullable: true, description: "Who decided." })
  decidedByName!: string | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: "When." })
  decidedAt!: Date | null;

  @Field(() => String, {
    nullable: true,
    description: "Why it was taken back.",
  })
  rollbackReason!: string | null;

  @Field(() => String, { nullable: true, description: "Who took it back." })
  rolledBackByName!: string | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: "When." })
  rolledBackAt!: Date | null;
}

@InputType({ description: "A candidate to go live, and why." })
export class ProposePromotionInput {
  @Field(() => ID, { description: "A judgement that missed no bar." })
  judgementId!: string;

  @Field(() => [String], {
    nullable: true,
    description:
      "Email addresses of those who made the candidate, beside those that its card names; at most 20.",
  })
  trainedBy?: string[] | null;

  @Field(() => String, { description: "Why, 1 to 1,000 characters." })
  reason!: string;
}

@InputType({ description: "What is decided of a promotion, and why." })
export class DecidePromotionInput {
  @Field(() => ID, { description: "The promotion." })
  promotionId!: string;

  @Field(() => String, { description: "Why, 1 to 1,000 characters." })
  reason!: string;
}

export const { EdgeType: PromotionEdge, ConnectionType: PromotionConnection } =
  connectionTypes(PromotionType, "Promotion");
