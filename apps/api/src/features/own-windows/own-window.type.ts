import { Field, Float, Int, ObjectType } from "type-graphql";

@ObjectType("OwnWindow", {
  description:
    "A window that you keep, in terms of a film's own, so that it fits every film.",
})
export class OwnWindowType {
  @Field(() => Int, { description: "The key that shows it: 5 to 9." })
  key!: number;

  @Field(() => Float, {
    description:
      "Its centre less the film's own, in widths of the film's own window.",
  })
  shift!: number;

  @Field(() => Float, { description: "In widths of the film's own window." })
  width!: number;
}
