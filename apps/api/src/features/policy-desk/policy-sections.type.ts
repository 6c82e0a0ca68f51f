import {
  Field,
  ID,
  Float,
  InputType,
  Int,
  ObjectType,
  registerEnumType,
} from "type-graphql";
import { Urgency } from "../case-rows/case.enums.ts";
import type { UrgencyName } from "../policies/policy-document.ts";

/** The values as they stand in the document, under GraphQL's names. */
const ReadingMode = { BLIND: "blind", OPEN: "open" } as const;
const ThresholdApproval = { ONE: "one", TWO: "two" } as const;
const FlagEffect = { ACUTE: "acute", RAISES: "raises", NONE: "none" } as const;

registerEnumType(ReadingMode, {
  name: "ReadingMode",
  description: "When readers see the AI.",
  valuesConfig: {
    BLIND: { description: "Once they ask for it, on record." },
    OPEN: { description: "At once; no opinion counts as blind." },
  },
});

registerEnumType(ThresholdApproval, {
  name: "ThresholdApproval",
  description: "How many people it takes to change a threshold.",
  valuesConfig: {
    ONE: { description: "Whoever may change the policy." },
    TWO: { description: "One proposes, another approves." },
  },
});

registerEnumType(FlagEffect, {
  name: "FlagEffect",
  description: "What a clinical flag does to a case.",
  valuesConfig: {
    ACUTE: { description: "Lifts it as high as its film may stand." },
    RAISES: { description: "One step up, however many of them there are." },
    NONE: { description: "Nothing." },
  },
});

// Each class is an output and, under another name, an input: what is shown
// is what is handed back.

@ObjectType("PolicyFlag", { description: "A clinical flag and its effect." })
@InputType("PolicyFlagInput", { description: "A clinical flag's effect." })
export class PolicyFlagType {
  @Field(() => String, { description: "Code of the flag." })
  flag!: string;

  @Field(() => FlagEffect, { description: "What it does." })
  effect!: "acute" | "raises" | "none";
}

@ObjectType("PolicyUrgency", { description: "How cases are placed." })
@InputType("PolicyUrgencyInput", { description: "How cases are placed." })
export class PolicyUrgencyType {
  @Field(() => Float, {
    description: "From this probability on a positive film is a strong one.",
  })
  strongProbability!: number;

  @Field(() => Urgency, { description: "Class of a strongly positive film." })
  strong!: UrgencyName;

  @Field(() => Urgency, { description: "Class of a positive film." })
  positive!: UrgencyName;

  @Field(() => Urgency, { description: "Class of a negative film." })
  negative!: UrgencyName;

  @Field(() => Urgency, {
    description: "What a negative film does not pass, whatever speaks for it.",
  })
  negativeAtMost!: UrgencyName;

  @Field(() => Urgency, { description: "Class of a film not assessed." })
  notAssessed!: UrgencyName;

  @Field(() => Urgency, {
    description: "Class before the AI has looked, and of control cases.",
  })
  pending!: UrgencyName;

  @Field(() => Urgency, {
    description: "At least this after a recent signed pneumonia.",
  })
  followUp!: UrgencyName;

  @Field(() => Urgency, {
    description: "At least this once the ceiling is reached.",
  })
  waited!: UrgencyName;

  @Field(() => Int, {
    description: "Years: a positive film of somebody younger goes up a step.",
  })
  infantBelowYears!: number;

  @Field(() => Int, {
    description: "Years: a positive film from this age on goes up a step.",
  })
  oldFromYears!: number;

  @Field(() => Int, {
    description: "Days for which a signed pneumonia makes films follow-ups.",
  })
  followUpDays!: number;

  @Field(() => [PolicyFlagType], { description: "What the flags do." })
  flags!: PolicyFlagType[];
}

@ObjectType("PolicyCeilings", {
  description: "How long a case of each class may wait, in minutes.",
})
@InputType("PolicyCeilingsInput", {
  description: "How long a case of each class may wait, in minutes.",
})
export class PolicyCeilingsType {
  @Field(() => Int, { description: "A critical case." })
  critical!: number;

  @Field(() => Int, { description: "An urgent case." })
  urgent!: number;

  @Field(() => Int, { description: "A case to be read soon." })
  soon!: number;

  @Field(() => Int, { description: "A routine case." })
  routine!: number;
}

@ObjectType("PolicyThreshold", {
  description: "From which probability on a finding counts, for one model.",
})
@InputType("PolicyThresholdInput", {
  description: "From which probability on a finding counts, for one model.",
})
export class PolicyThresholdType {
  @Field(() => String, { description: "Fingerprint of the model." })
  model!: string;

  @Field(() => String, { description: "Code of the finding." })
  finding!: string;

  @Field(() => String, { description: "Age group: child or adult." })
  ageGroup!: string;

  @Field(() => Float, { description: "Probability, above 0 and below 1." })
  threshold!: number;
}

@ObjectType("PolicyReading", { description: "How cases are read." })
@InputType("PolicyReadingInput", { description: "How cases are read." })
export class PolicyReadingType {
  @Field(() => ReadingMode, { description: "When readers see the AI." })
  mode!: "blind" | "open";

  @Field(() => Float, {
    description: "Percent of new cases that are read without the AI, 0 to 20.",
  })
  controlShare!: number;

  @Field(() => Int, {
    description: "Minutes for which a claim holds without a sign of life.",
  })
  leaseMinutes!: number;
}

@ObjectType("PolicySecondReads", {
  description: "Which signed cases are read a second time, and how.",
})
@InputType("PolicySecondReadsInput", {
  description: "Which signed cases are read a second time, and how.",
})
export class PolicySecondReadsType {
  @Field(() => Float, {
    description: "Percent of signed cases taken by chance, 0 to 100.",
  })
  randomShare!: number;

  @Field(() => Boolean, {
    description: "Those whose signed label contradicts the AI.",
  })
  onAiDisagreement!: boolean;

  @Field(() => [String], {
    description:
      "Those signed with one of these findings, present or uncertain: codes.",
  })
  findings!: string[];

  @Field(() => Int, {
    nullable: true,
    description:
      "Those of patients from this age on, in years; null for no such end.",
  })
  ageFrom!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: "Those of patients up to this age; null for no such end.",
  })
  ageTo!: number | null;

  @Field(() => [ID], {
    description: "Those first signed by one of these readers.",
  })
  readers!: string[];

  @Field(() => Boolean, {
    description:
      "Those first signed by a junior; a senior reads them, whose agreement authorises the report.",
  })
  juniors!: boolean;

  @Field(() => Boolean, {
    description: "Whether the second reader works without the AI.",
  })
  blindToAi!: boolean;
}

@ObjectType("PolicyCritical", {
  description: "Results that somebody must be told of at once.",
})
@InputType("PolicyCriticalInput", {
  description: "Results that somebody must be told of at once.",
})
export class PolicyCriticalType {
  @Field(() => [String], {
    description: "Findings that propose to mark a result as critical.",
  })
  findings!: string[];

  @Field(() => Int, {
    description:
      "Minutes within which it must be read back, 5 to 1,440; then it escalates.",
  })
  minutes!: number;
}

@ObjectType("PolicyAssignmentRule", {
  description: "Who is given which cases.",
})
@InputType("PolicyAssignmentRuleInput", {
  description: "Who is given which cases.",
})
export class PolicyAssignmentRuleType {
  @Field(() => String, {
    description: "1 to 60 characters, once in a policy; said on its cases.",
  })
  name!: string;

  @Field(() => Int, {
    nullable: true,
    description:
      "From this minute of the day by the site's clock, 0 to 1,439; any where absent.",
  })
  fromMinute!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: "Until then, over midnight where it is earlier.",
  })
  toMinute!: number | null;

  @Field(() => [String], {
    description: "As films state them, CHEST; of any where there is none.",
  })
  bodyParts!: string[];

  @Field(() => [String], {
    description: "DICOM codes, DX; of any where there is none.",
  })
  modalities!: string[];

  @Field(() => ID, {
    nullable: true,
    description: "The reader, or null where it is a pool.",
  })
  readerId!: string | null;

  @Field(() => ID, { nullable: true, description: "The pool." })
  poolId!: string | null;

  @Field(() => Boolean, {
    description: "To the reader of the pool who has least to do.",
  })
  leastLoaded!: boolean;
}

@ObjectType("PolicyAssignment", { description: "Who is given cases." })
@InputType("PolicyAssignmentInput", { description: "Who is given cases." })
export class PolicyAssignmentType {
  @Field(() => Int, {
    description:
      "Minutes after which a case that was given to somebody and is not claimed falls back: to his pool, then to all. 5 to 10,080.",
  })
  fallbackMinutes!: number;

  @Field(() => [PolicyAssignmentRuleType], {
    description: "At most 50; the first that fits a new case gives it away.",
  })
  rules!: PolicyAssignmentRuleType[];
}

@ObjectType("PolicyReports", { description: "How reports are issued." })
@InputType("PolicyReportsInput", { description: "How reports are issued." })
export class PolicyReportsType {
  @Field(() => Boolean, {
    description: "Whether a report may be issued before it is signed.",
  })
  preliminary!: boolean;
}

@ObjectType("PolicyThresholdDesk", {
  description: "How thresholds of the AI are changed.",
})
@InputType("PolicyThresholdDeskInput", {
  description: "How thresholds of the AI are changed.",
})
export class PolicyThresholdDeskType {
  @Field(() => ThresholdApproval, { description: "By how many people." })
  approval!: "one" | "two";
}
