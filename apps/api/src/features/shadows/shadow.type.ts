import { GraphQLDateTime } from "graphql-scalars";
import { Field, Float, ID, InputType, Int, ObjectType } from "type-graphql";
import { connectionTypes } from "../../platform/pagination.type.ts";
import { NodeType } from "../../platform/node.type.ts";
import { Urgency } from "../case-rows/case.enums.ts";
import { MetricValueType } from "../models/model.type.ts";

@InputType({ description: "A candidate to look along, and for how long." })
export class StartShadowInput {
  @Field(() => ID, { description: "The candidate." })
  modelVersionId!: string;

  @Field(() => ID, { description: "One of your sites." })
  siteId!: string;

  @Field(() => Int, {
    nullable: true,
    description: "It ends after so many films, 1 to 100,000.",
  })
  films?: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      "It ends after so many days, 1 to 90. One of the two is needed.",
  })
  days?: number | null;

  @Field(() => String, { description: "Why, 1 to 1,000 characters." })
  reason!: string;
}

@InputType({ description: "A shadow to end before its time." })
export class EndShadowInput {
  @Field(() => ID, { description: "The shadow." })
  modelVersionId!: string;

  @Field(() => ID, {
    nullable: true,
    description:
      "One of your sites; null for one of the whole desk, as former releases had them.",
  })
  siteId?: string | null;

  @Field(() => String, { description: "Why, 1 to 1,000 characters." })
  reason!: string;
}

@ObjectType("ShadowPlacement", {
  description: "How many films a class of urgency gets.",
})
class ShadowPlacementType {
  @Field(() => Urgency, { description: "The class." })
  urgency!: Urgency;

  @Field(() => Int, { description: "By the live model." })
  live!: number;

  @Field(() => Int, { description: "By the shadow." })
  shadow!: number;
}

@ObjectType("ShadowComparison", {
  description:
    "A shadow's answers beside those of the live model, at the site's thresholds.",
})
export class ShadowComparisonType {
  @Field(() => GraphQLDateTime, { description: "Since when it looks along." })
  since!: Date;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "When it ended; null while it runs.",
  })
  until!: Date | null;

  @Field(() => Int, {
    nullable: true,
    description: "It ends after so many films.",
  })
  filmLimit!: number | null;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "It ends then.",
  })
  endsAt!: Date | null;

  @Field(() => Int, {
    description:
      "Films that it has answered: what the limit of films is held to.",
  })
  answered!: number;

  @Field(() => Int, {
    description:
      "Films of the site that it was not asked about, and has not answered since, because thirty or more waited for a live model.",
  })
  passedOver!: number;

  @Field(() => Float, { description: "Days that it has run." })
  days!: number;

  @Field(() => Int, { description: "Films that both have answered." })
  films!: number;

  @Field(() => Int, { description: "Positive for both." })
  bothPositive!: number;

  @Field(() => Int, { description: "Positive for the live model only." })
  onlyLive!: number;

  @Field(() => Int, { description: "Positive for the shadow only." })
  onlyShadow!: number;

  @Field(() => Int, { description: "Negative for both." })
  bothNegative!: number;

  @Field(() => MetricValueType, {
    nullable: true,
    description:
      "Share of the films that only the shadow calls positive, 0 to 1; null of none.",
  })
  more!: MetricValueType | null;

  @Field(() => MetricValueType, {
    nullable: true,
    description: "Share that only the live model calls positive, likewise.",
  })
  fewer!: MetricValueType | null;

  @Field(() => Float, {
    nullable: true,
    description:
      "Films a day that both have answered; null before a whole day is over.",
  })
  filmsADay!: number | null;

  @Field(() => [ShadowPlacementType], {
    description:
      "In which class films stand, and would, by the AI alone: before flags, age, follow-ups and waiting; the sickest class first.",
  })
  placements!: ShadowPlacementType[];
}

@ObjectType("DiscordantCase", {
  implements: NodeType,
  description:
    "A signed case of which live model and shadow say different things.",
})
export class DiscordantCaseType extends NodeType {
  @Field(() => Float, {
    nullable: true,
    description:
      "Of the live model, 0 to 1; null for a reader to whom the AI of the case was not shown.",
  })
  liveProbability!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: "The shadow's, likewise.",
  })
  shadowProbability!: number | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "Whether it is the live model that says positive; likewise.",
  })
  livePositive!: boolean | null;
}

export const {
  EdgeType: DiscordantCaseEdge,
  ConnectionType: DiscordantCaseConnection,
} = connectionTypes(DiscordantCaseType, "DiscordantCase");
