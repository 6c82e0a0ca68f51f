import { GraphQLDateTime } from "graphql-scalars";
import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { NodeType } from "../../platform/node.type.ts";
import { connectionTypes } from "../../platform/pagination.type.ts";
import type { CaseChangeKind as ChangeKindName } from "../../platform/notifications.ts";
import { CaseState, Urgency } from "./case.enums.ts";

@ObjectType("Case", {
  implements: NodeType,
  description: "The unit of work: a study to be read.",
})
export class CaseType extends NodeType {
  @Field(() => Int, {
    description: "Raised by every change; hand it in when signing.",
  })
  version!: number;

  @Field(() => CaseState, { description: "Where the reading stands." })
  state!: CaseState;

  @Field(() => Urgency, { description: "How soon it should be read." })
  urgency!: Urgency;

  @Field(() => GraphQLDateTime, { description: "When its film came in." })
  arrivedAt!: Date;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "When it was first signed or last amended.",
  })
  signedAt!: Date | null;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description:
      "When a report was last given out that is not signed; null without, and once it is signed.",
  })
  preliminaryAt!: Date | null;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description:
      "When a film that nobody had seen opened it again after a signature.",
  })
  reopenedAt!: Date | null;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description:
      "Since when somebody wants it read now; null where nobody does.",
  })
  escalatedAt!: Date | null;

  @Field(() => Boolean, {
    description:
      "Read without the AI, which opens to everybody when it is signed.",
  })
  isControl!: boolean;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "When the reader's claim runs out.",
  })
  claimExpiresAt!: Date | null;
}

const { EdgeType: CaseEdge, ConnectionType: CaseList } = connectionTypes(
  CaseType,
  "Case",
);

export { CaseEdge, CaseList };

@ObjectType("WorklistSummary", {
  description: "The line above the worklist. Counts stop at 1,000.",
})
export class WorklistSummaryType {
  @Field(() => Int, { description: "Cases that nobody reads yet." })
  waiting!: number;

  @Field(() => Boolean, { description: "Whether more than 1,000 wait." })
  waitingIsCapped!: boolean;

  @Field(() => Int, { description: "Cases being read." })
  reading!: number;

  @Field(() => Int, {
    description: "Unread cases that the AI did not assess.",
  })
  notAssessed!: number;

  @Field(() => Int, { description: "Unread cases that the AI is working on." })
  pending!: number;

  @Field(() => Int, {
    description:
      "Cases past the waiting ceiling of their class; they lead the list.",
  })
  overdue!: number;

  @Field(() => Int, {
    description: "Signed cases whose reader waits for another film.",
  })
  retakes!: number;

  @Field(() => Int, {
    description:
      "Signed cases that wait for a second or third reader; for a reader those that he may read.",
  })
  secondReads!: number;

  @Field(() => Int, { description: "Open cases that are assigned to you." })
  mine!: number;

  @Field(() => Int, {
    description: "Waiting cases that are assigned to nobody.",
  })
  unassigned!: number;

  @Field(() => Int, {
    description: "Cases whose patient is unknown or has yet to be checked.",
  })
  identity!: number;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "Arrival of the case that waits longest.",
  })
  longestWaitSince!: Date | null;
}

export const CaseChangeKind: { [Name in ChangeKindName]: Name } = {
  ARRIVED: "ARRIVED",
  ASSESSED: "ASSESSED",
  CLAIMED: "CLAIMED",
  RELEASED: "RELEASED",
  ASSIGNED: "ASSIGNED",
  SIGNED: "SIGNED",
  CHANGED: "CHANGED",
  CRITICAL: "CRITICAL",
};

registerEnumType(CaseChangeKind, {
  name: "CaseChangeKind",
  description: "What happened to a case.",
  valuesConfig: {
    ARRIVED: { description: "It is new on the worklist." },
    ASSESSED: { description: "The AI has looked at it." },
    CLAIMED: { description: "A reader took it." },
    RELEASED: { description: "It was put back." },
    ASSIGNED: { description: "It was handed to somebody, or to nobody." },
    SIGNED: { description: "Its reading was signed or amended." },
    CHANGED: { description: "Something else about it changed." },
    CRITICAL: {
      description:
        "Its critical result was marked, told, read back, withdrawn or escalated.",
    },
  },
});

@ObjectType("CaseChange", { description: "News of one case." })
export class CaseChangeType {
  @Field(() => CaseChangeKind, { description: "What happened." })
  kind!: ChangeKindName;

  @Field(() => ID, { description: "To which case." })
  caseId!: string;
}
