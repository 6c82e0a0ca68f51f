import { GraphQLDateTime } from "graphql-scalars";
import { Field, ID, Int, ObjectType } from "type-graphql";
import { NodeType } from "../platform/node.type.ts";
import { connectionTypes } from "../platform/pagination.type.ts";

@ObjectType("AuditEvent", {
  implements: NodeType,
  description: "One thing that somebody did or looked at. Never changed.",
})
export class AuditEventType extends NodeType {
  @Field(() => String, {
    description: "Number in the chain, from 1 without a gap.",
  })
  seq!: string;

  @Field(() => GraphQLDateTime, { description: "When." })
  at!: Date;

  @Field(() => String, { description: "What, for example case.opened." })
  type!: string;

  @Field(() => String, {
    description: "Identifier of the user, or SYSTEM, or ANONYMOUS.",
  })
  actorId!: string;

  @Field(() => String, { description: "The name that the actor had then." })
  actorName!: string;

  @Field(() => String, { description: "The role that the actor had then." })
  actorRole!: string;

  @Field(() => String, { description: "On what kind of thing." })
  subjectType!: string;

  @Field(() => String, { description: "On which one." })
  subjectId!: string;

  @Field(() => ID, { nullable: true, description: "Whose data it concerns." })
  patientId!: string | null;

  @Field(() => Int, {
    description:
      "Version of the type's shape that it was written in; 0 where it says none.",
  })
  version!: number;

  @Field(() => String, {
    nullable: true,
    description:
      "Why its content does not read as its type and version say; null when it does.",
  })
  problem!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Address, user agent and request id, as JSON.",
  })
  origin!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "What was changed, as it was, as JSON.",
  })
  before!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "What was changed, as it is, as JSON.",
  })
  after!: string | null;

  @Field(() => String, { nullable: true, description: "The rest, as JSON." })
  details!: string | null;

  @Field(() => String, { description: "Hash of the event before." })
  previousHash!: string;

  @Field(() => String, {
    description: "SHA-256 over previous hash, number and content.",
  })
  hash!: string;
}

export const {
  EdgeType: AuditEventEdge,
  ConnectionType: AuditEventConnection,
} = connectionTypes(AuditEventType, "AuditEvent");

@ObjectType("AuditSeal", { description: "The last verification of the chain." })
export class AuditSealType {
  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "When it was verified; null when never.",
  })
  verifiedAt!: Date | null;

  @Field(() => String, {
    nullable: true,
    description: "Up to which number; null when never.",
  })
  verifiedThrough!: string | null;

  @Field(() => Boolean, {
    description: "Whether the chain held; false when never verified.",
  })
  ok!: boolean;

  @Field(() => String, {
    nullable: true,
    description: "Number of the first event that does not hold.",
  })
  brokenAt!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "What is wrong there, in words.",
  })
  problem!: string | null;

  @Field(() => Int, {
    description:
      "Checkpoints outside the database with which it was compared; 0 where there is none.",
  })
  checkpoints!: number;

  @Field(() => String, { description: "Number of the newest event." })
  headSeq!: string;

  @Field(() => String, { description: "Hash of the newest event." })
  headHash!: string;
}

@ObjectType("AuditExport", {
  description:
    "Where copies of the trail can be had; each download is audited.",
})
export class AuditExportType {
  @Field(() => String, {
    description:
      "Path of the events as CSV, newest first, to GET with your session.",
  })
  eventsPath!: string;

  @Field(() => String, {
    nullable: true,
    description:
      "Path of the whole chain as JSON lines, which npm run audit:verify -- FILE reads; null where you may not see every site.",
  })
  chainPath!: string | null;
}
