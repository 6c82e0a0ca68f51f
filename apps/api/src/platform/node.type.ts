import { Field, ID, InterfaceType } from "type-graphql";

@InterfaceType("Node", {
  description: "Something with an identifier of its own.",
  // Every list returns one concrete type; no field returns Node itself.
  autoRegisterImplementations: false,
  resolveType: () => undefined,
})
export abstract class NodeType {
  @Field(() => ID, { description: "Identifier, unique over all things." })
  id!: string;
}
