import { InboxKind } from "@lung-iris/prisma";
import { GraphQLDateTime } from "graphql-scalars";
import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { NodeType } from "../../platform/node.type.ts";
import { connectionTypes } from "../../platform/pagination.type.ts";

registerEnumType(InboxKind, {
  name: "InboxKind",
  description: "What somebody is told.",
  valuesConfig: {
    MENTIONED: { description: "A comment names you." },
    ASSIGNED: { description: "It was given to you." },
    ESCALATED: { description: "Somebody wants it read now." },
    TAKEN_OVER: { description: "You held it, and somebody else took it." },
    PROCEDURE: {
      description: "A step of a procedure that is your role's is overdue.",
    },
    RETAKE_ASKED: {
      description: "A reader wants a film that you sent taken again.",
    },
    RETAKE_DONE: {
      description: "The film that you asked for came, or will not.",
    },
    CRITICAL: {
      description: "A critical result waits for you, or for what you told.",
    },
    ALARM: { description: "The watch over the AI raised an alarm." },
    PROMOTION_PROPOSED: {
      description: "A promotion waits for a second person, and you may be one.",
    },
    PROMOTION_DECIDED: {
      description:
        "The promotion that you proposed was decided, or one that you had to do with was taken back.",
    },
    THRESHOLD_PROPOSED: {
      description:
        "A change of thresholds waits for a second person, and you may be one.",
    },
    THRESHOLD_DECIDED: {
      description:
        "The change of thresholds that you proposed was approved or declined.",
    },
    TRAINING_DONE: {
      description: "The training run that you asked for made its candidate.",
    },
    TRAINING_FAILED: {
      description: "The training run that you asked for failed.",
    },
    JUDGED: { description: "The judgement that you asked for is over." },
  },
});

@ObjectType("InboxItem", {
  implements: NodeType,
  description: "What you are told of a case, an alarm or a candidate.",
})
export class InboxItemType extends NodeType {
  @Field(() => InboxKind, { description: "What of." })
  kind!: InboxKind;

  @Field(() => String, { description: "Name of who did it." })
  actorName!: string;

  @Field(() => ID, {
    nullable: true,
    description: "The training run that the note is about.",
  })
  trainingRunId!: string | null;

  @Field(() => Boolean, { description: "Whether quiet hours let it through." })
  isUrgent!: boolean;

  @Field(() => GraphQLDateTime, { description: "When." })
  createdAt!: Date;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "When you read it; null while you have not.",
  })
  readAt!: Date | null;
}

export const { EdgeType: InboxEdge, ConnectionType: InboxConnection } =
  connectionTypes(InboxItemType, "Inbox");

@ObjectType("QuietHours", {
  description: "When the page does not call out, by your own clock.",
})
export class QuietHoursType {
  @Field(() => Int, { description: "Minutes since midnight, 0 to 1,439." })
  fromMinute!: number;

  @Field(() => Int, {
    description: "Until then, over midnight where it is earlier.",
  })
  toMinute!: number;
}
