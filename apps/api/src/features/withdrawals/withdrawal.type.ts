import { GraphQLDateTime } from "graphql-scalars";
import { Field, ObjectType, registerEnumType } from "type-graphql";
import { NodeType } from "../../platform/node.type.ts";
import { connectionTypes } from "../../platform/pagination.type.ts";
import { ModelVersionType } from "../models/model.type.ts";
import { PredictionRole } from "../models/prediction-role.enum.ts";
import type { ModelRemedy } from "./models-behind.ts";

const Remedy = {
  ROLL_BACK: "ROLL_BACK",
  END_SHADOW: "END_SHADOW",
  DELETE: "DELETE",
} as const satisfies Record<ModelRemedy, ModelRemedy>;
registerEnumType(Remedy, {
  name: "ModelRemedy",
  description: "What to do about a model that learnt from somebody withdrawn.",
  valuesConfig: {
    ROLL_BACK: {
      description:
        "It is live: take it back, or promote one that was made without the patient; then delete its file.",
    },
    END_SHADOW: {
      description: "It looks along: end the shadow, then delete its file.",
    },
    DELETE: {
      description:
        "It has no role: delete its file, and make another without the patient if it is wanted.",
    },
  },
});

@ObjectType("ModelHolding", {
  description: "A model that learnt from a patient's films.",
})
export class ModelHoldingType {
  @Field(() => ModelVersionType, { description: "Which." })
  model!: ModelVersionType;

  @Field(() => PredictionRole, {
    nullable: true,
    description: "What it counts for now, at whichever site; null: nothing.",
  })
  role!: PredictionRole | null;

  @Field(() => Remedy, { description: "What to do." })
  remedy!: ModelRemedy;
}

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
