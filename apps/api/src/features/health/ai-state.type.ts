import { GraphQLDateTime } from "graphql-scalars";
import { Field, ObjectType } from "type-graphql";

@ObjectType("AiState", {
  description: "Whether anybody takes films to the model.",
})
export class AiStateType {
  @Field(() => Boolean, {
    description:
      "True while no worker has given a sign of life for half a minute: films are taken and read, and get their prediction later.",
  })
  isAway!: boolean;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "The last sign of life of any worker; null before the first.",
  })
  lastSeenAt!: Date | null;
}
