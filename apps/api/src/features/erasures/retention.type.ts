import { GraphQLDateTime } from "graphql-scalars";
import { Field, ID, InputType, Int, ObjectType } from "type-graphql";
import { NodeType } from "../../platform/node.type.ts";
import { connectionTypes } from "../../platform/pagination.type.ts";

@ObjectType("RetentionVersion", {
  implements: NodeType,
  description: "How long a site keeps records: one version, never changed.",
})
export class RetentionVersionType extends NodeType {
  @Field(() => Int, { description: "Counts the site's versions from 1." })
  version!: number;

  @Field(() => Int, {
    nullable: true,
    description: "Days after a patient's last study; null: for ever.",
  })
  keepDays!: number | null;

  @Field(() => String, { description: "Why it was changed." })
  reason!: string;

  @Field(() => String, { description: "Who changed it." })
  byName!: string;

  @Field(() => GraphQLDateTime, { description: "When." })
  createdAt!: Date;
}

export const {
  EdgeType: RetentionVersionEdge,
  ConnectionType: RetentionVersionConnection,
} = connectionTypes(RetentionVersionType, "RetentionVersion");

@ObjectType("RetentionPreview", {
  description: "What is over today if records are kept so long.",
})
export class RetentionPreviewType {
  @Field(() => Int, { description: "Patients." })
  patients!: number;

  @Field(() => Int, { description: "Their films." })
  films!: number;

  @Field(() => String, {
    description: "Bytes of the films, as text: may pass 2^31.",
  })
  bytes!: string;

  @Field(() => String, {
    nullable: true,
    description: "Day of the earliest last study, YYYY-MM-DD; null for none.",
  })
  oldest!: string | null;
}

@InputType("SaveRetentionInput", {
  description: "How long a site is to keep records.",
})
export class SaveRetentionInput {
  @Field(() => ID, { description: "The site." })
  siteId!: string;

  @Field(() => Int, {
    description: "The version it was made from; 0 where there is none.",
  })
  baseVersion!: number;

  @Field(() => Int, {
    nullable: true,
    description: "30 to 36,500 days after the last study; null: for ever.",
  })
  keepDays?: number | null;

  @Field(() => String, { description: "Why, in 1 to 1,000 characters." })
  reason!: string;
}
