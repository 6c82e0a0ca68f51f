import { ProcedureStepState, Role } from "@lung-iris/prisma";
import { GraphQLDateTime } from "graphql-scalars";
import {
  Field,
  Float,
  ID,
  Int,
  ObjectType,
  registerEnumType,
} from "type-graphql";
import { NodeType } from "../../platform/node.type.ts";
import { connectionTypes } from "../../platform/pagination.type.ts";

registerEnumType(ProcedureStepState, {
  name: "ProcedureStepState",
  description: "Where a step stands.",
  valuesConfig: {
    OPEN: { description: "Not done yet." },
    DONE: { description: "Done." },
    NOT_NEEDED: { description: "What it was for was taken back." },
  },
});

@ObjectType("ProcedureRun", {
  implements: NodeType,
  description: "A procedure that began for a case, by the version it keeps.",
})
export class ProcedureRunType extends NodeType {
  @Field(() => GraphQLDateTime, { description: "When it began." })
  startedAt!: Date;
}

@ObjectType("ProcedureStep", {
  implements: NodeType,
  description: "One thing to be done for a case in time.",
})
export class ProcedureStepType extends NodeType {
  @Field(() => Role, { description: "Who does it." })
  role!: Role;

  @Field(() => ProcedureStepState, { description: "Where it stands." })
  state!: ProcedureStepState;

  @Field(() => GraphQLDateTime, { description: "Until when it must be done." })
  dueAt!: Date;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "When it was found overdue; null where it was not.",
  })
  escalatedAt!: Date | null;

  @Field(() => String, {
    nullable: true,
    description: '"true", the code of an option, or a number; null while open.',
  })
  answer!: string | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: "When done." })
  doneAt!: Date | null;

  @Field(() => String, { nullable: true, description: "Who did it." })
  doneByName!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Why the answer was corrected last.",
  })
  correctReason!: string | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: "When." })
  correctedAt!: Date | null;

  @Field(() => String, { nullable: true, description: "By whom." })
  correctedByName!: string | null;
}

export const {
  EdgeType: ProcedureStepEdge,
  ConnectionType: ProcedureStepConnection,
} = connectionTypes(ProcedureStepType, "ProcedureStep");

@ObjectType("ProcedureAdherence", {
  description: "How the steps of one procedure were done at a site.",
})
export class ProcedureAdherenceType {
  @Field(() => ID, { description: "The procedure." })
  procedureId!: string;

  @Field(() => Int, { description: "Steps done in time." })
  doneInTime!: number;

  @Field(() => Int, { description: "Steps done late." })
  doneLate!: number;

  @Field(() => Int, { description: "Steps not done yet." })
  open!: number;

  @Field(() => Int, { description: "Of these, past their time." })
  overdue!: number;

  @Field(() => Int, {
    description:
      "Steps whose time has come or that were done before it: in time, late or overdue.",
  })
  due!: number;

  @Field(() => Float, {
    nullable: true,
    description: "Share of these that was done in time, 0 to 1; null of none.",
  })
  inTimeShare!: number | null;
}
