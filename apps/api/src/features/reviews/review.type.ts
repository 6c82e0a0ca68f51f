import { GraphQLDateTime } from "graphql-scalars";
import {
  Field,
  Float,
  ID,
  Int,
  ObjectType,
  registerEnumType,
} from "type-graphql";
import { NodeType } from "../../platform/node.type.ts";
import { Decision, Label, ReviewStage } from "../cases/case.enums.ts";
import type { OverrideReason as OverrideReasonName } from "./review.rules.ts";

export const OverrideReason: { [Name in OverrideReasonName]: Name } = {
  FALSE_POSITIVE: "FALSE_POSITIVE",
  FALSE_NEGATIVE: "FALSE_NEGATIVE",
  OTHER_FINDING: "OTHER_FINDING",
  ARTEFACT: "ARTEFACT",
  WRONG_REGION: "WRONG_REGION",
  POOR_QUALITY: "POOR_QUALITY",
  CLINICAL_CONTEXT: "CLINICAL_CONTEXT",
  OTHER: "OTHER",
};

registerEnumType(OverrideReason, {
  name: "OverrideReason",
  description: "Why a reader did not follow the AI.",
  valuesConfig: {
    FALSE_POSITIVE: { description: "There is no pneumonia." },
    FALSE_NEGATIVE: { description: "There is a pneumonia." },
    OTHER_FINDING: { description: "The film shows something else." },
    ARTEFACT: { description: "The AI answered to an artefact." },
    WRONG_REGION: { description: "Right, but for the wrong place." },
    POOR_QUALITY: { description: "The film does not allow such an answer." },
    CLINICAL_CONTEXT: {
      description: "The clinical picture decides otherwise.",
    },
    OTHER: { description: "As the comment says." },
  },
});

@ObjectType("Mark", { description: "A region that a reader marked." })
export class MarkType {
  @Field(() => ID, { description: "On which film." })
  imageId!: string;

  @Field(() => String, { description: "What it shows." })
  finding!: string;

  @Field(() => Float, { description: "Left edge in source pixels." })
  x!: number;

  @Field(() => Float, { description: "Top edge in source pixels." })
  y!: number;

  @Field(() => Float, { description: "Width in source pixels." })
  width!: number;

  @Field(() => Float, { description: "Height in source pixels." })
  height!: number;
}

@ObjectType("Review", {
  implements: NodeType,
  description:
    "What one reader decided. Never changed once signed; amended by a next version.",
})
export class ReviewType extends NodeType {
  @Field(() => ReviewStage, { description: "Which read of the case it is." })
  stage!: ReviewStage;

  @Field(() => Int, { description: "1 for the first, raised by amendments." })
  version!: number;

  @Field(() => Label, { description: "What the film shows." })
  label!: Label;

  @Field(() => Decision, { description: "How that stands to the AI." })
  decision!: Decision;

  @Field(() => Label, {
    nullable: true,
    description: "The reader's opinion before seeing the AI's, where given.",
  })
  blindLabel!: Label | null;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "When the reader was shown the AI's opinion.",
  })
  revealedAt!: Date | null;

  @Field(() => OverrideReason, {
    nullable: true,
    description: "Why the AI was overridden.",
  })
  overrideReason!: OverrideReasonName | null;

  @Field(() => String, { nullable: true, description: "Free text." })
  comment!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Why this version replaces the one before.",
  })
  amendReason!: string | null;

  @Field(() => GraphQLDateTime, { description: "When it was signed." })
  signedAt!: Date;
}
