import { Field, ObjectType } from "type-graphql";
import { NodeType } from "../../platform/node.type.ts";

@ObjectType("Site", {
  implements: NodeType,
  description:
    "A hospital or department. Everything belongs to one, and nobody sees another's.",
})
export class SiteType extends NodeType {
  @Field(() => String, {
    description: "Short name for tables and exports, for example HCM-01.",
  })
  code!: string;

  @Field(() => String, { description: "Full name." })
  name!: string;
}
