import { InboxKind } from "@lung-iris/prisma";
import { GraphQLDateTime } from "graphql-scalars";
import { Field, Int, ObjectType, registerEnumType } from "type-graphql";
import { NodeType } from "../../platform/node.type.ts";
import { connectionTypes } from "../../platform/pagination.type.ts";

registerEnumType(InboxKind, {
  name: "InboxKind",
  description: "What somebody is told of a case.",
  valuesConfig: {
    MENTIONED: { description: "A comment names you." },
    ASSIGNED: { description: "It was given to you." },
    ESCALATED: { description: "Somebody wants it read now." },
    TAKEN_OVER: { description: "You held it, and somebody else took it." },
  },
});

@ObjectType("InboxItem", {
  implements: NodeType,
  description: "What you are told of a case.",
})
export class InboxItemType extends NodeType {
  @Field(() => InboxKind, { description: "What of." })
  kind!: InboxKind;

  @Field(() => String, { description: "Name of who did it." })
  actorName!: string;

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
