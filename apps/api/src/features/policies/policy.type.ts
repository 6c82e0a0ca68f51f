import { GraphQLDateTime } from "graphql-scalars";
import {
  Field,
  Float,
  ID,
  InputType,
  Int,
  ObjectType,
  registerEnumType,
} from "type-graphql";
import { NodeType } from "../../platform/node.type.ts";
import { connectionTypes } from "../../platform/pagination.type.ts";
import { Urgency } from "../cases/case.enums.ts";
import { CaseType } from "../cases/case.type.ts";
import type { UrgencyName } from "./policy-document.ts";

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

@ObjectType("PolicyDocument", { description: "What a site wants." })
@InputType("PolicyDocumentInput", { description: "What a site wants." })
export class PolicyDocumentType {
  @Field(() => PolicyUrgencyType, { description: "How cases are placed." })
  urgency!: PolicyUrgencyType;

  @Field(() => PolicyCeilingsType, { description: "How long they may wait." })
  ceilings!: PolicyCeilingsType;

  @Field(() => [PolicyThresholdType], {
    description: "In place of a model's own thresholds.",
  })
  thresholds!: PolicyThresholdType[];

  @Field(() => PolicyReadingType, { description: "How cases are read." })
  reading!: PolicyReadingType;

  @Field(() => PolicySecondReadsType, {
    description: "Which signed cases are read a second time.",
  })
  secondReads!: PolicySecondReadsType;

  @Field(() => PolicyCriticalType, {
    description: "Results that somebody must be told of at once.",
  })
  critical!: PolicyCriticalType;

  @Field(() => PolicyReportsType, { description: "How reports are issued." })
  reports!: PolicyReportsType;

  @Field(() => PolicyAssignmentType, { description: "Who is given cases." })
  assignment!: PolicyAssignmentType;

  @Field(() => PolicyThresholdDeskType, {
    description: "How thresholds are changed.",
  })
  thresholdDesk!: PolicyThresholdDeskType;
}

@ObjectType("PolicyVersion", {
  implements: NodeType,
  description: "One version of a site's policy; never changed.",
})
export class PolicyVersionType extends NodeType {
  @Field(() => ID, { description: "Whose policy." })
  siteId!: string;

  @Field(() => Int, { description: "Counts the site's versions from 1." })
  version!: number;

  @Field(() => String, { description: "Why it was made." })
  reason!: string;

  @Field(() => String, { description: "Name of who made it." })
  byName!: string;

  @Field(() => GraphQLDateTime, { description: "Since when." })
  createdAt!: Date;
}

const { EdgeType: PolicyVersionEdge, ConnectionType: PolicyVersionConnection } =
  connectionTypes(PolicyVersionType, "PolicyVersion");

export { PolicyVersionConnection, PolicyVersionEdge };

@ObjectType("PolicyMove", { description: "A case that would move." })
export class PolicyMoveType {
  @Field(() => CaseType, { description: "The case." })
  case!: object;

  @Field(() => Urgency, { description: "Where it stands." })
  before!: UrgencyName;

  @Field(() => Urgency, { description: "Where it would stand." })
  after!: UrgencyName;
}

@ObjectType("PolicyRuleCount", { description: "What a rule would give away." })
class PolicyRuleCountType {
  @Field(() => String, { description: "Name of the rule." })
  name!: string;

  @Field(() => Int, { description: "How many waiting cases." })
  cases!: number;

  @Field(() => Boolean, {
    description:
      "Whether whom it gives to can take cases now; else it is passed over.",
  })
  canTake!: boolean;
}

@ObjectType("PolicyStep", {
  description: "Cases that would go from one class to another.",
})
export class PolicyStepType {
  @Field(() => Urgency, { description: "Where they stand." })
  before!: UrgencyName;

  @Field(() => Urgency, { description: "Where they would stand." })
  after!: UrgencyName;

  @Field(() => Int, { description: "How many." })
  cases!: number;
}

@ObjectType("PolicyPreview", {
  description: "What a policy would do to the worklist as it is now.",
})
export class PolicyPreviewType {
  @Field(() => Int, { description: "Open cases that were looked at." })
  openCases!: number;

  @Field(() => Boolean, { description: "Whether there are more open cases." })
  isCapped!: boolean;

  @Field(() => Int, { description: "How many of them would move." })
  moves!: number;

  @Field(() => Int, {
    description: "How many wait past the ceiling of their class now.",
  })
  overdueBefore!: number;

  @Field(() => Int, { description: "How many would." })
  overdueAfter!: number;

  @Field(() => [PolicyStepType], {
    description: "All moves, counted by where from and where to.",
  })
  steps!: PolicyStepType[];

  @Field(() => [PolicyMoveType], {
    description: "The first fifty that would move, the sickest first.",
  })
  sample!: PolicyMoveType[];

  @Field(() => [PolicyRuleCountType], {
    nullable: true,
    description:
      "What each rule of assignment would have given away of the waiting cases, as they came in; null where thresholds alone are tried out.",
  })
  rules?: PolicyRuleCountType[] | null;
}

@InputType({ description: "A policy to be saved." })
export class SavePolicyInput {
  @Field(() => ID, { description: "The site." })
  siteId!: string;

  @Field(() => PolicyDocumentType, { description: "All of it." })
  document!: PolicyDocumentType;

  @Field(() => Int, {
    description: "The version that it was made from; refused if a newer is.",
  })
  baseVersion!: number;

  @Field(() => String, {
    description: "Why, at most 1,000 characters; it stands in the audit trail.",
  })
  reason!: string;
}
