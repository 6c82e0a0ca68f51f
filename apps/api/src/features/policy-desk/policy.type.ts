import { GraphQLDateTime } from "graphql-scalars";
import { Field, ID, InputType, Int, ObjectType } from "type-graphql";
import { NodeType } from "../../platform/node.type.ts";
import { connectionTypes } from "../../platform/pagination.type.ts";
import { Urgency } from "../case-rows/case.enums.ts";
import { CaseType } from "../case-rows/case.type.ts";
import type { UrgencyName } from "../policies/policy-document.ts";
import {
  PolicyAssignmentType,
  PolicyCeilingsType,
  PolicyCriticalType,
  PolicyReadingType,
  PolicyReportsType,
  PolicySecondReadsType,
  PolicyThresholdDeskType,
  PolicyThresholdType,
  PolicyUrgencyType,
} from "./policy-sections.type.ts";

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
