import { GraphQLDateTime } from "graphql-scalars";
import { Field, Float, ObjectType } from "type-graphql";
import { NodeType } from "../../platform/node.type.ts";

@ObjectType("GoldenRun", {
  implements: NodeType,
  description: "What a worker answered on a film whose answer is known.",
})
export class GoldenRunType extends NodeType {
  @Field(() => String, { description: "Which of the shipped films." })
  film!: string;

  @Field(() => String, { description: "The worker's machine." })
  host!: string;

  @Field(() => String, { description: "The engine it runs on." })
  engine!: string;

  @Field(() => GraphQLDateTime, { description: "When." })
  ranAt!: Date;

  @Field(() => Float, {
    nullable: true,
    description: "Probability of pneumonia, 0 to 1; null where refused.",
  })
  probability!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: "What was answered the first time.",
  })
  reference!: number | null;

  @Field(() => Boolean, {
    description: "Within 0.001 of it, or refused both times.",
  })
  isSame!: boolean;
}
