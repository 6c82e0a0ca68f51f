import {
  Field,
  Float,
  ID,
  InputType,
  Int,
  ObjectType,
  registerEnumType,
} from "type-graphql";
import { Urgency } from "../case-rows/case.enums.ts";
import { PolicyDocumentType } from "../policy-desk/policy.type.ts";
import type { ReplayOrderName } from "./replay.service.ts";

/** The names of replay.service.ts as the object that a GraphQL enum needs. */
export const ReplayOrder: { [Name in ReplayOrderName]: Name } = {
  FIRST_COME: "FIRST_COME",
  AI_ONLY: "AI_ONLY",
  POLICY: "POLICY",
  DRAFT: "DRAFT",
};

registerEnumType(ReplayOrder, {
  name: "ReplayOrder",
  description: "In which order waiting cases are read.",
  valuesConfig: {
    FIRST_COME: { description: "Who came first." },
    AI_ONLY: { description: "The likeliest pneumonia, whatever the wait." },
    POLICY: { description: "The site's policy in force, with its ceilings." },
    DRAFT: { description: "The policy that was handed in." },
  },
});

@InputType({ description: "What is played, and by how many readers." })
export class ReplayInput {
  @Field(() => ID, { description: "The site." })
  siteId!: string;

  @Field(() => Int, {
    nullable: true,
    description:
      "The site's own last weeks, 1 to 8; an invented month where absent.",
  })
  ownWeeks?: number | null;

  @Field(() => Int, {
    defaultValue: 1,
    description: "Readers at work all the time, 1 to 20.",
  })
  readers!: number;

  @Field(() => Float, {
    defaultValue: 6,
    description: "Median minutes of a reading, 0.5 to 60.",
  })
  minutesPerCase!: number;

  @Field(() => Int, {
    defaultValue: 150,
    description: "Cases a day of the invented month, 1 to 2,000.",
  })
  casesPerDay!: number;

  @Field(() => Float, {
    defaultValue: 1,
    description: "The same seed gives the same figures; 0 to 4,294,967,295.",
  })
  seed!: number;

  @Field(() => PolicyDocumentType, {
    nullable: true,
    description: "A policy being edited, to be compared with the others.",
  })
  document?: PolicyDocumentType | null;
}

@ObjectType("ReplayWaits", {
  description: "Minutes from arrival to the beginning of the reading.",
})
export class ReplayWaitsType {
  @Field(() => Int, { description: "Of how many cases." })
  cases!: number;

  @Field(() => Float, { description: "Half waited no longer." })
  median!: number;

  @Field(() => Float, { description: "Nine of ten waited no longer." })
  p90!: number;

  @Field(() => Float, { description: "The longest of all." })
  longest!: number;
}

@ObjectType("ReplayClass", {
  description: "How the cases of one class fared.",
})
export class ReplayClassType {
  @Field(() => Urgency, {
    description: "The class that the policy in force gives them.",
  })
  urgency!: Urgency;

  @Field(() => ReplayWaitsType, { description: "How long they waited." })
  waits!: ReplayWaitsType;

  @Field(() => Float, {
    description: "Share that waited past the ceiling of the class, 0 to 1.",
  })
  pastCeiling!: number;
}

@ObjectType("ReplayResult", { description: "One order and what it led to." })
export class ReplayResultType {
  @Field(() => ReplayOrder, { description: "The order." })
  order!: ReplayOrderName;

  @Field(() => ReplayWaitsType, {
    nullable: true,
    description: "All cases; null where there are none.",
  })
  all!: ReplayWaitsType | null;

  @Field(() => ReplayWaitsType, {
    nullable: true,
    description:
      "Cases with pneumonia, as signed or invented; null where there are none.",
  })
  positives!: ReplayWaitsType | null;

  @Field(() => [ReplayClassType], {
    description:
      "Class by class, the sickest first; those without cases left out.",
  })
  classes!: ReplayClassType[];

  @Field(() => [Float], {
    description: "The waits that 0, 2, 4 … 100 % of the cases do not pass.",
  })
  curve!: number[];
}

@ObjectType("Replay", {
  description: "A stretch of work under several orders of reading.",
})
export class ReplayType {
  @Field(() => Int, { description: "Cases played." })
  cases!: number;

  @Field(() => Boolean, {
    description: "More came in than are played: the first 60,000 were.",
  })
  isCapped!: boolean;

  @Field(() => Int, { description: "Days played." })
  days!: number;

  @Field(() => Float, {
    description: "Share of the readers' time that the readings take.",
  })
  load!: number;

  @Field(() => [ReplayResultType], { description: "Order by order." })
  results!: ReplayResultType[];
}
