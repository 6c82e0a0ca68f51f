import { Field, ID, InputType, ObjectType } from "type-graphql";
import { NodeType } from "../../platform/node.type.ts";

@ObjectType("ReaderPool", {
  implements: NodeType,
  description: "A named group of readers of a site, to which cases are given.",
})
export class ReaderPoolType extends NodeType {
  @Field(() => String, { description: "At most 60 characters." })
  name!: string;
}

@InputType({ description: "A group of readers as it should be." })
export class ReaderPoolInput {
  @Field(() => ID, {
    nullable: true,
    description: "The one to be changed; a new one where absent.",
  })
  id?: string | null;

  @Field(() => ID, { description: "At which site." })
  siteId!: string;

  @Field(() => String, {
    description: "1 to 60 characters; once among the open pools of a site.",
  })
  name!: string;

  @Field(() => [ID], {
    description: "Active radiologists of the site, at most 200.",
  })
  memberIds!: string[];
}
