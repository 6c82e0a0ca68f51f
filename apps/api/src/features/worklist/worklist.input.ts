import { GraphQLDateTime } from "graphql-scalars";
import { Field, ID, InputType, registerEnumType } from "type-graphql";
import {
  AssessmentState,
  CaseState,
  Label,
  Urgency,
} from "../case-rows/case.enums.ts";
import type { WorklistSort as WorklistSortName } from "../worklist-query/worklist.order.ts";
import type {
  AgeBand as AgeBandName,
  FilmView as FilmViewName,
} from "../worklist-query/worklist.traits.ts";

/** The names of worklist.order.ts as the object that a GraphQL enum needs. */
export const WorklistSort: { [Name in WorklistSortName]: Name } = {
  URGENCY: "URGENCY",
  ARRIVED_NEWEST: "ARRIVED_NEWEST",
  ARRIVED_OLDEST: "ARRIVED_OLDEST",
  PROBABILITY: "PROBABILITY",
  PROBABILITY_REVERSED: "PROBABILITY_REVERSED",
  PATIENT: "PATIENT",
  PATIENT_REVERSED: "PATIENT_REVERSED",
  AGE_YOUNGEST: "AGE_YOUNGEST",
  AGE_OLDEST: "AGE_OLDEST",
  MRN: "MRN",
  MRN_REVERSED: "MRN_REVERSED",
  EXAMINATION: "EXAMINATION",
  EXAMINATION_REVERSED: "EXAMINATION_REVERSED",
  ACCESSION: "ACCESSION",
  ACCESSION_REVERSED: "ACCESSION_REVERSED",
  SITE: "SITE",
  SITE_REVERSED: "SITE_REVERSED",
  FINDING: "FINDING",
  FINDING_REVERSED: "FINDING_REVERSED",
  ASSIGNEE: "ASSIGNEE",
  ASSIGNEE_REVERSED: "ASSIGNEE_REVERSED",
  STATE: "STATE",
  STATE_REVERSED: "STATE_REVERSED",
};

export const FilmView: { [Name in FilmViewName]: Name } = {
  OTHER: "OTHER",
  PA: "PA",
  AP: "AP",
  LATERAL: "LATERAL",
};

registerEnumType(FilmView, {
  name: "FilmView",
  description: "How the film was taken.",
  valuesConfig: {
    PA: { description: "From back to front, as a standing patient is." },
    AP: { description: "From front to back, as one in bed is." },
    LATERAL: { description: "From the side." },
    OTHER: { description: "Another way, or nobody knows." },
  },
});

export const AgeBand: { [Name in AgeBandName]: Name } = {
  UNKNOWN: "UNKNOWN",
  INFANT: "INFANT",
  CHILD: "CHILD",
  ADULT: "ADULT",
  OLD: "OLD",
};

registerEnumType(AgeBand, {
  name: "AgeBand",
  description: "The patient's age at the examination.",
  valuesConfig: {
    UNKNOWN: { description: "Nobody knows it." },
    INFANT: { description: "Below 1 year." },
    CHILD: { description: "1 to 17 years." },
    ADULT: { description: "18 to 64 years." },
    OLD: { description: "65 years and above." },
  },
});

registerEnumType(WorklistSort, {
  name: "WorklistSort",
  description: "Order of the worklist.",
  valuesConfig: {
    URGENCY: {
      description:
        "What waits past the ceiling of its class, then the sickest, what is signed below all that is open; among equals who waits longest.",
    },
    ARRIVED_NEWEST: { description: "The last to arrive first." },
    ARRIVED_OLDEST: { description: "The first to arrive first." },
    PROBABILITY: {
      description: "The likeliest pneumonia first, not assessed last.",
    },
    PATIENT: { description: "By the patient's name." },
    AGE_YOUNGEST: {
      description:
        "Whose age nobody knows, then the youngest at the examination.",
    },
    AGE_OLDEST: { description: "The oldest at the examination first." },
    MRN: { description: "By record number; without one last." },
    EXAMINATION: {
      description: "By the examination's name and view; without one last.",
    },
    ACCESSION: { description: "By accession number; without one last." },
    SITE: { description: "By the site's name, then the first to arrive." },
    FINDING: {
      description:
        "By what was decided: normal, pneumonia, other, not diagnostic, then the undecided. Says nothing of the AI.",
    },
    ASSIGNEE: { description: "By the assignee's name; nobody's last." },
    STATE: { description: "Waiting, being read, signed." },
    PROBABILITY_REVERSED: {
      description:
        "The least likely pneumonia first, those not assessed before them.",
    },
    PATIENT_REVERSED: {
      description: "By the patient's name, from its end.",
    },
    MRN_REVERSED: {
      description: "By record number from its end; without one first.",
    },
    EXAMINATION_REVERSED: {
      description:
        "By the examination's name and view from their end; without one first.",
    },
    ACCESSION_REVERSED: {
      description: "By accession number from its end; without one first.",
    },
    SITE_REVERSED: {
      description: "By the site's name from its end, then the last to arrive.",
    },
    FINDING_REVERSED: {
      description:
        "The undecided first, then as FINDING the other way round. Says nothing of the AI.",
    },
    ASSIGNEE_REVERSED: {
      description: "Nobody's first, then by the assignee's name from its end.",
    },
    STATE_REVERSED: {
      description:
        "Signed, being read, waiting; in each the last to arrive first.",
    },
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

  @Field(() => ID, {
    nullable: true,
    description: "Waiting for this pool, whose reader nobody of it is yet.",
  })
  poolId?: string | null;

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

  @Field(() => ID, {
    nullable: true,
    description: "Read by this reader now, or signed by him first.",
  })
  readById?: string | null;

  @Field(() => [FilmView], {
    nullable: true,
    description: "How the film was taken.",
  })
  filmViews?: FilmViewName[] | null;

  @Field(() => [AgeBand], {
    nullable: true,
    description: "How old the patient was at the examination.",
  })
  patientAges?: AgeBandName[] | null;

  @Field(() => [String], {
    nullable: true,
    description:
      "With one of these flags of the patient's state at least: emergency, fever, …",
  })
  clinicalFlags?: string[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      "True: the gate refused the film, or it was signed as not diagnostic. False: the others.",
  })
  isDoubtful?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      "True: only cases of which a report was given out that is not signed.",
  })
  preliminary?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      "True: only cases with a critical result that nobody has read back.",
  })
  openCritical?: boolean | null;

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
