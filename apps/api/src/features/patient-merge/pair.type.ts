import { GraphQLDateTime } from "graphql-scalars";
import { Field, ObjectType } from "type-graphql";
import { NodeType } from "../../platform/node.type.ts";
import { connectionTypes } from "../../platform/pagination.type.ts";

@ObjectType("PatientPair", {
  implements: NodeType,
  description:
    "Two records that look like one person's, or of which somebody said that they are not.",
})
export class PatientPairType extends NodeType {
  @Field(() => [String], {
    description:
      "Why they are suggested: same-number, same-name-and-birth-date; empty where they are not.",
  })
  reasons!: string[];

  @Field(() => GraphQLDateTime, { description: "When it was noticed." })
  foundAt!: Date;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "When somebody said that they are two people.",
  })
  notSameAt!: Date | null;

  @Field(() => String, { nullable: true, description: "Who said so." })
  notSameByName!: string | null;

  @Field(() => String, { nullable: true, description: "Why." })
  notSameReason!: string | null;
}

export const {
  EdgeType: PatientPairEdge,
  ConnectionType: PatientPairConnection,
} = connectionTypes(PatientPairType, "PatientPair");
