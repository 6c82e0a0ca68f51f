import { GraphQLDateTime } from "graphql-scalars";
import { Field, Int, ObjectType } from "type-graphql";
import { NodeType } from "../../platform/node.type.ts";

@ObjectType("CaseCommentVersion", {
  implements: NodeType,
  description: "A comment as it was worded once; never changed.",
})
export class CaseCommentVersionType extends NodeType {
  @Field(() => Int, { description: "Counts the comment's versions from 1." })
  number!: number;

  @Field(() => String, { description: "1 to 2,000 characters." })
  text!: string;

  @Field(() => GraphQLDateTime, { description: "When it was written." })
  createdAt!: Date;
}

@ObjectType("CaseComment", {
  implements: NodeType,
  description: "What somebody said about a case.",
})
export class CaseCommentType extends NodeType {
  @Field(() => GraphQLDateTime, { description: "When it was first written." })
  createdAt!: Date;
}
