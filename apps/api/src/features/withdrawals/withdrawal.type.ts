import { GraphQLDateTime } from "graphql-scalars";
import { Field, ObjectType } from "type-graphql";
import { NodeType } from "../../platform/node.type.ts";
import { connectionTypes } from "../../platform/pagination.type.ts";

@ObjectType("LearningWithdrawal", {
  implements: NodeType,
  description: "That nothing is to be learnt from a patient's films.",
})
export class WithdrawalType extends NodeType {
  @Field(() => String, { description: "Why, in the words of who said so." })
  reason!: string;

  @Field(() => String, { description: "Who said so." })
  byName!: string;

  @Field(() => GraphQLDateTime, { description: "Since when." })
  withdrawnAt!: Date;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "When it was lifted; null while it holds.",
  })
  liftedAt!: Date | null;

  @Field(() => String, { nullable: true, description: "Who lifted it." })
  liftedByName!: string | null;

  @Field(() => String, { nullable: true, description: "Why it was lifted." })
  liftReason!: string | null;
}

export const {
  EdgeType: WithdrawalEdge,
  ConnectionType: WithdrawalConnection,
} = connectionTypes(WithdrawalType, "LearningWithdrawal");
