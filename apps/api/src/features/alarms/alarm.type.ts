import { AlarmKind as Kind } from "@lung-iris/prisma";
import { GraphQLDateTime } from "graphql-scalars";
import { Field, Float, ID, ObjectType, registerEnumType } from "type-graphql";
import { NodeType } from "../../platform/node.type.ts";
import { connectionTypes } from "../../platform/pagination.type.ts";

registerEnumType(Kind, {
  name: "AlarmKind",
  description: "What kind of thing an alarm says.",
  valuesConfig: {
    DRIFT: { description: "A watched figure of the films or answers changed." },
    AI_SILENT: { description: "Films wait for the AI for too long." },
    SOURCE_SILENT: { description: "A station stopped sending films." },
    GOLDEN_FILM: {
      description: "A worker answers a known film differently than before.",
    },
    PROMOTION: {
      description: "A promoted model does otherwise than the one before it.",
    },
  },
});

@ObjectType("AlarmFigure", {
  description: "One thing that was seen when an alarm was raised.",
})
export class AlarmFigureType {
  @Field(() => String, { description: "What." })
  name!: string;

  @Field(() => Float, { nullable: true, description: "Where it is a number." })
  number!: number | null;

  @Field(() => String, { nullable: true, description: "Where it is a text." })
  text!: string | null;
}

@ObjectType("Alarm", {
  implements: NodeType,
  description:
    "Something about the AI or its films that somebody has to look at. At most one of the same thing is open.",
})
export class AlarmType extends NodeType {
  @Field(() => Kind, { description: "What kind of thing it says." })
  kind!: Kind;

  @Field(() => String, {
    description: "Of what: a figure, a source, a worker with its model.",
  })
  subject!: string;

  @Field(() => GraphQLDateTime, { description: "Since when it is so." })
  since!: Date;

  @Field(() => GraphQLDateTime, { description: "When it was noticed." })
  raisedAt!: Date;

  @Field(() => ID, { nullable: true, description: "Who answers for it." })
  ownerId!: string | null;

  @Field(() => String, { nullable: true, description: "The owner's name." })
  ownerName!: string | null;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "When somebody said what it was; null before.",
  })
  acknowledgedAt!: Date | null;

  @Field(() => String, { nullable: true, description: "Who said so." })
  acknowledgedByName!: string | null;

  @Field(() => String, { nullable: true, description: "In these words." })
  note!: string | null;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "When it was over; null while it is not.",
  })
  endedAt!: Date | null;
}

export const { EdgeType: AlarmEdge, ConnectionType: AlarmConnection } =
  connectionTypes(AlarmType, "Alarm");
