import { ThresholdChangeKind, ThresholdProposalState } from "@lung-iris/prisma";
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
import { LabelGrade } from "../labels/label-grade.enum.ts";
import { ReadingFigureType } from "../my-reading/my-reading.type.ts";

registerEnumType(ThresholdChangeKind, {
  name: "ThresholdChangeKind",
  description: "What a proposal would change.",
  valuesConfig: {
    THRESHOLD: {
      description: "The threshold of the live model for an age group.",
    },
    SINGLE_APPROVAL: {
      description: "That one person may change thresholds again.",
    },
  },
});

registerEnumType(ThresholdProposalState, {
  name: "ThresholdProposalState",
  description: "What became of a proposal.",
  valuesConfig: {
    OPEN: { description: "It waits for a second person." },
    APPROVED: { description: "Another person made it hold." },
    DECLINED: { description: "Another person said no." },
    WITHDRAWN: { description: "Who proposed it took it back." },
  },
});

@ObjectType("ThresholdPoint", {
  description:
    "What calling a case positive from a threshold on would have done to a site's decided cases.",
})
export class ThresholdPointType {
  @Field(() => Float, { description: "From this probability on, 0 to 1." })
  threshold!: number;

  @Field(() => Int, { description: "Cases with the finding, called so." })
  truePositives!: number;

  @Field(() => Int, { description: "Cases without it, called so." })
  falsePositives!: number;

  @Field(() => Int, { description: "Cases without it, not called so." })
  trueNegatives!: number;

  @Field(() => Int, { description: "Cases with the finding that are missed." })
  falseNegatives!: number;

  @Field(() => ReadingFigureType, {
    nullable: true,
    description:
      "Share of cases with the finding that are called so (Wilson's interval, by patients); null where none has it.",
  })
  sensitivity!: ReadingFigureType | null;

  @Field(() => ReadingFigureType, {
    nullable: true,
    description: "Share of cases without it that are not called so; or null.",
  })
  specificity!: ReadingFigureType | null;

  @Field(() => ReadingFigureType, {
    nullable: true,
    description:
      "Share of called cases that have the finding; null where none is called.",
  })
  ppv!: ReadingFigureType | null;

  @Field(() => ReadingFigureType, {
    nullable: true,
    description:
      "Share of the other cases that do not have it; null where all are called.",
  })
  npv!: ReadingFigureType | null;

  @Field(() => Float, {
    nullable: true,
    description:
      "What its errors cost, in false alarms per 100 cases; null without cases.",
  })
  harm!: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      "How many of the site's new cases would be positive in a day; null where the model saw none yet.",
  })
  positivesADay!: number | null;
}

@ObjectType("ThresholdGrade", {
  description: "Decided cases whose label is of a grade.",
})
export class ThresholdGradeType {
  @Field(() => LabelGrade, { description: "The grade." })
  grade!: LabelGrade;

  @Field(() => Int, { description: "Cases of it, counted or not." })
  cases!: number;

  @Field(() => Boolean, { description: "Whether they are counted." })
  isCounted!: boolean;
}

@ObjectType("ThresholdModel", { description: "The live model of a site." })
export class ThresholdModelType {
  @Field(() => ID, { description: "Its id." })
  id!: string;

  @Field(() => String, { description: "Its name." })
  name!: string;

  @Field(() => String, {
    description:
      "Hash of all that decides its answers; thresholds are bound to it.",
  })
  fingerprint!: string;
}

@ObjectType("ThresholdDesk", {
  description:
    "How thresholds of a site's live model do on the site's own decided cases of an age group. Counts only, no patient.",
})
export class ThresholdDeskType {
  @Field(() => ThresholdModelType, { description: "Whose word is counted." })
  model!: ThresholdModelType;

  @Field(() => Int, { description: "Version of the policy in force." })
  policyVersion!: number;

  @Field(() => Float, {
    nullable: true,
    description:
      "The threshold that holds today; null where the model does not know the group.",
  })
  today!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: "The model's own; null where it does not know the group.",
  })
  own!: number | null;

  @Field(() => [ThresholdGradeType], {
    description:
      "Cases with a label and with a word of this very model, by the label's grade.",
  })
  grades!: ThresholdGradeType[];

  @Field(() => Int, { description: "Cases of the grades that are counted." })
  cases!: number;

  @Field(() => Int, { description: "Of these, with the finding." })
  positives!: number;

  @Field(() => Int, { description: "Patients of these cases." })
  patients!: number;

  @Field(() => Int, {
    description:
      "Fewest cases with the finding, and without, for a suggestion.",
  })
  fewest!: number;

  @Field(() => Boolean, { description: "Whether there are fewer." })
  isTooFew!: boolean;

  @Field(() => Float, {
    nullable: true,
    description:
      "The threshold with the least harm on these cases, the lowest of several; null with too few cases.",
  })
  suggested!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: "Harm of calling every case positive; null without cases.",
  })
  harmOfAll!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: "Harm of calling none positive; null without cases.",
  })
  harmOfNone!: number | null;

  @Field(() => Int, {
    description: "Days of which cases a day are the mean, at most 28.",
  })
  days!: number;

  @Field(() => Float, {
    description: "Assessed cases of the group that come in a day.",
  })
  casesADay!: number;

  @Field(() => [ThresholdPointType], {
    description:
      "Each hundredth from 0.01 to 0.99, today's threshold and the model's own.",
  })
  points!: ThresholdPointType[];
}

@ObjectType("ThresholdFigures", {
  description: "What was known of a threshold when a change was proposed.",
})
export class ThresholdFiguresType {
  @Field(() => Float, { description: "The threshold." })
  threshold!: number;

  @Field(() => ReadingFigureType, {
    nullable: true,
    description: "Its sensitivity; null where no case had the finding.",
  })
  sensitivity!: ReadingFigureType | null;

  @Field(() => ReadingFigureType, {
    nullable: true,
    description: "Its specificity; null where each had it.",
  })
  specificity!: ReadingFigureType | null;

  @Field(() => Float, { nullable: true, description: "Positives a day." })
  positivesADay!: number | null;
}

@ObjectType("ThresholdEvidence", {
  description:
    "What was known when a change was proposed, of labels that did not know the AI.",
})
export class ThresholdEvidenceType {
  @Field(() => Int, { description: "Decided cases." })
  cases!: number;

  @Field(() => Int, { description: "Their patients." })
  patients!: number;

  @Field(() => ThresholdFiguresType, {
    nullable: true,
    description: "Of the threshold that held.",
  })
  before!: ThresholdFiguresType | null;

  @Field(() => ThresholdFiguresType, {
    nullable: true,
    description: "Of the proposed one.",
  })
  after!: ThresholdFiguresType | null;
}

@ObjectType("ThresholdProposal", {
  implements: NodeType,
  description: "A change of thresholds that a second person has to approve.",
})
export class ThresholdProposalType extends NodeType {
  @Field(() => ThresholdChangeKind, { description: "What it would change." })
  kind!: ThresholdChangeKind;

  @Field(() => ThresholdProposalState, { description: "What became of it." })
  state!: ThresholdProposalState;

  @Field(() => Int, { description: "Version of the policy it was made from." })
  baseVersion!: number;

  @Field(() => String, {
    nullable: true,
    description: "“child” or “adult”; null where the kind has none.",
  })
  ageGroup!: string | null;

  @Field(() => Float, {
    nullable: true,
    description: "Null: the model's own, or where the kind has none.",
  })
  threshold!: number | null;

  @Field(() => String, { description: "Why." })
  reason!: string;

  @Field(() => String, { description: "Name of who proposed it." })
  proposedByName!: string;

  @Field(() => GraphQLDateTime, { description: "When." })
  proposedAt!: Date;

  @Field(() => String, {
    nullable: true,
    description: "Name of who closed it; null while it is open.",
  })
  closedByName!: string | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: "When." })
  closedAt!: Date | null;

  @Field(() => String, { nullable: true, description: "Why it was declined." })
  note!: string | null;

  @Field(() => Int, {
    nullable: true,
    description: "Version of the policy that the approval made.",
  })
  madeVersion!: number | null;
}

export const {
  EdgeType: ThresholdProposalEdge,
  ConnectionType: ThresholdProposalConnection,
} = connectionTypes(ThresholdProposalType, "ThresholdProposal");

@InputType("ThresholdInput", { description: "A threshold that is to hold." })
export class ThresholdInput {
  @Field(() => ID, { description: "The site." })
  siteId!: string;

  @Field(() => String, { description: "“child” or “adult”." })
  ageGroup!: string;

  @Field(() => Float, {
    nullable: true,
    description: "Between 0 and 1; null for the model's own.",
  })
  threshold!: number | null;

  @Field(() => String, {
    description:
      "Fingerprint of the model that was looked at; refused where another is live.",
  })
  model!: string;

  @Field(() => Int, {
    description: "The policy that was looked at; refused where a newer is.",
  })
  baseVersion!: number;

  @Field(() => String, {
    description: "Why, at most 1,000 characters; it stands in the audit trail.",
  })
  reason!: string;
}
