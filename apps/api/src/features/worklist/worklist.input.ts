import { GraphQLDateTime } from "graphql-scalars";
import { Field, ID, InputType, registerEnumType } from "type-graphql";
import {
  AssessmentState,
  CaseState,
  Label,
  Urgency,
} from "../cases/case.enums.ts";
import type { WorklistSort as WorklistSortName } from "./worklist.order.ts";

/** The names of worklist.order.ts as the object that a GraphQL enum needs. */
export const WorklistSort: { [Name in WorklistSortName]: Name } = {
  URGENCY: "URGENCY",
  ARRIVED_NEWEST: "ARRIVED_NEWEST",
  ARRIVED_OLDEST: "ARRIVED_OLDEST",
  PROBABILITY: "PROBABILITY",
  PATIENT: "PATIENT",
};

registerEnumType(WorklistSort, {
  name: "WorklistSort",
  description: "Order of the worklist.",
  valuesConfig: {
    URGENCY: {
      description:
        "What waits past the ceiling of its class, then the sickest; among equals who waits longest.",
    },
    ARRIVED_NEWEST: { description: "The last to arrive first." },
    ARRIVED_OLDEST: { description: "The first to arrive first." },
    PROBABILITY: {
      description: "The likeliest pneumonia first, not assessed last.",
    },
    PATIENT: { description: "By the patient's name." },
  },
});

@InputType({ description: "What the worklist shows; all conditions hold." })
export class WorklistFilter {
  @Field(() => ID, { nullable: true, description: "Cases of one site." })
  siteId?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      "Words of the patient's name, record number or accession number; accents do not matter.",
  })
  search?: string | null;

  @Field(() => [CaseState], {
    nullable: true,
    description: "Where the reading stands.",
  })
  states?: CaseState[] | null;

  @Field(() => [Urgency], { nullable: true, description: "How urgent." })
  urgencies?: Urgency[] | null;

  @Field(() => [AssessmentState], {
    nullable: true,
    description: "Where the AI stands.",
  })
  assessments?: AssessmentState[] | null;

  @Field(() => [Label], {
    nullable: true,
    description: "What was decided; leaves unread cases out.",
  })
  labels?: Label[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "Whether the AI suggests pneumonia; leaves others out.",
  })
  aiPositive?: boolean | null;

  @Field(() => ID, { nullable: true, description: "Assigned to this reader." })
  assigneeId?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "True: assigned to nobody. False: assigned to somebody.",
  })
  unassigned?: boolean | null;

  @Field(() => ID, {
    nullable: true,
    description:
      "Being read by this reader now, for the first time or further.",
  })
  claimedById?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      "True: another film is asked for and has not come. False: the others.",
  })
  awaitsRetake?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      "True: only signed cases that wait for a second or third reader, or are read so; for a reader those that he may read.",
  })
  secondReads?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      "True: only cases whose patient is unknown or has yet to be checked.",
  })
  identityUnresolved?: boolean | null;

  @Field(() => [ID], {
    nullable: true,
    description: "These cases, as far as they may be seen; at most 200.",
  })
  caseIds?: string[] | null;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "Arrived at this time or later.",
  })
  arrivedAfter?: Date | null;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "Arrived before this time.",
  })
  arrivedBefore?: Date | null;
}
