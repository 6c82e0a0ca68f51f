import { GraphQLDateTime } from "graphql-scalars";
import { Field, ID, InputType } from "type-graphql";

@InputType({ description: "Which events; all conditions hold." })
export class AuditFilter {
  @Field(() => [String], {
    nullable: true,
    description: "What was done, for example reading.signed.",
  })
  types?: string[] | null;

  @Field(() => String, {
    nullable: true,
    description: "Who: identifier of a user, SYSTEM or ANONYMOUS.",
  })
  actorId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Who: part of a user's name or email address.",
  })
  actorSearch?: string | null;

  @Field(() => String, { nullable: true, description: "On which thing." })
  subjectId?: string | null;

  @Field(() => ID, { nullable: true, description: "About which patient." })
  patientId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "About whom: words of a patient's name or record number.",
  })
  patientSearch?: string | null;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "At this time or later.",
  })
  after?: Date | null;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "Before this time.",
  })
  before?: Date | null;
}
