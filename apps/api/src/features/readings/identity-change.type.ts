import { GraphQLDateTime } from "graphql-scalars";
import { Field, ObjectType } from "type-graphql";

@ObjectType("IdentityChange", {
  description: "A correction of whose case it is.",
})
export class IdentityChangeType {
  @Field(() => GraphQLDateTime, { description: "When it was made." })
  at!: Date;

  @Field(() => String, { description: "Who made it, by name." })
  byName!: string;

  @Field(() => Boolean, {
    description:
      "True where the study was given to another patient, false where the patient was corrected.",
  })
  isMove!: boolean;

  @Field(() => String, { nullable: true, description: "Why, where said." })
  reason!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "The patient's name before; null where it is the same.",
  })
  nameBefore!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "The patient's name after; null where it is the same.",
  })
  nameAfter!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      "The record number before, empty where there was none; null where it is the same.",
  })
  mrnBefore!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      "The record number after, empty where there is none; null where it is the same.",
  })
  mrnAfter!: string | null;
}
