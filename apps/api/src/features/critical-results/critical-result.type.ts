import { CriticalState, CriticalWay } from "@lung-iris/prisma";
import { GraphQLDateTime } from "graphql-scalars";
import {
  Field,
  ID,
  InputType,
  Int,
  ObjectType,
  registerEnumType,
} from "type-graphql";
import { NodeType } from "../../platform/node.type.ts";
import { connectionTypes } from "../../platform/pagination.type.ts";

registerEnumType(CriticalState, {
  name: "CriticalState",
  description: "Where a critical result stands.",
  valuesConfig: {
    OPEN: { description: "Nobody was told yet." },
    TOLD: { description: "Said, and not yet read back." },
    ACKNOWLEDGED: { description: "Read back." },
    WITHDRAWN: { description: "Marked by mistake." },
  },
});

registerEnumType(CriticalWay, {
  name: "CriticalWay",
  description: "How somebody was told.",
  valuesConfig: {
    PHONE: { description: "By telephone." },
    IN_PERSON: { description: "Face to face." },
    DESK: { description: "In the page, as a user of this desk." },
  },
});

@ObjectType("CriticalResult", {
  implements: NodeType,
  description:
    "A signed result that somebody must be told of at once; open until it is read back.",
})
export class CriticalResultType extends NodeType {
  @Field(() => CriticalState, { description: "Where it stands." })
  state!: CriticalState;

  @Field(() => String, {
    nullable: true,
    description: "Code of the finding; null where only the reason says it.",
  })
  finding!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "In the reader's words, alone or beside the finding.",
  })
  reason!: string | null;

  @Field(() => String, { description: "Who marked it." })
  markedByName!: string;

  @Field(() => GraphQLDateTime, { description: "When." })
  markedAt!: Date;

  @Field(() => GraphQLDateTime, {
    description: "Until when it must be read back.",
  })
  dueAt!: Date;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "When it was found overdue; null while it is not.",
  })
  escalatedAt!: Date | null;

  @Field(() => String, {
    nullable: true,
    description: "Name and role of who was told last; null before.",
  })
  toldTo!: string | null;

  @Field(() => CriticalWay, { nullable: true, description: "How." })
  way!: CriticalWay | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: "When." })
  toldAt!: Date | null;

  @Field(() => String, { nullable: true, description: "Who told it." })
  toldByName!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "The words that came back, or the finding's code.",
  })
  readBack!: string | null;

  @Field(() => String, { nullable: true, description: "Who said them." })
  readBackBy!: string | null;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "When it was read back; null before.",
  })
  acknowledgedAt!: Date | null;

  @Field(() => String, {
    nullable: true,
    description: "Who wrote it down.",
  })
  acknowledgedByName!: string | null;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "When the mark was taken back; null where it was not.",
  })
  withdrawnAt!: Date | null;

  @Field(() => String, {
    nullable: true,
    description: "Why the mark was taken back.",
  })
  withdrawReason!: string | null;
}

export const {
  EdgeType: CriticalResultEdge,
  ConnectionType: CriticalResultConnection,
} = connectionTypes(CriticalResultType, "CriticalResult");

@ObjectType("CriticalSummary", {
  description: "How many critical results are open at your sites.",
})
export class CriticalSummaryType {
  @Field(() => Int, { description: "Not read back yet." })
  open!: number;

  @Field(() => Int, { description: "Of these, past their time." })
  overdue!: number;

  @Field(() => Int, { description: "Told to you in the page." })
  toldToMe!: number;
}

@InputType({ description: "What is critical: a finding, words, or both." })
export class CriticalMarkInput {
  @Field(() => String, {
    nullable: true,
    description: "Code of the findings catalogue.",
  })
  finding?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "In words, at most 500 characters.",
  })
  reason?: string | null;
}

@InputType({ description: "Whom a critical result was told, and how." })
export class TellCriticalInput {
  @Field(() => CriticalWay, { description: "How." })
  way!: CriticalWay;

  @Field(() => String, {
    nullable: true,
    description: "Name and role; needed unless it is told in the page.",
  })
  to?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: "The user of the desk; needed with DESK, and only there.",
  })
  toUserId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "What came back at once; closes it. Not with DESK.",
  })
  readBack?: string | null;
}
