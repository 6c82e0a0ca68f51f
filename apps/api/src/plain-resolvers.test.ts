import "reflect-metadata";
import { graphql } from "graphql";
import {
  Arg,
  Ctx,
  Field,
  FieldResolver,
  ObjectType,
  Query,
  Resolver,
  Root,
  buildSchema,
} from "type-graphql";
import { expect, it } from "vitest";
import { callPlainResolvers, readPlainFields } from "./plain-resolvers.ts";

@ObjectType("PlainThing")
class ThingType {
  @Field(() => String)
  name!: string;
}

interface Thing {
  name: string;
}

@Resolver(() => ThingType)
class ThingResolver {
  readonly #greeting = "hello";

  @Query(() => ThingType)
  plainThing(): Thing {
    return { name: "thing" };
  }

  @FieldResolver(() => String)
  greeting(@Ctx() { who }: { who: string }, @Root() { name }: Thing): string {
    return `${this.#greeting} ${who}, I am ${name}`;
  }

  @FieldResolver(() => String)
  constant(): string {
    return this.#greeting;
  }

  @FieldResolver(() => String)
  repeated(
    @Root() { name }: Thing,
    @Arg("times", () => String) times: string,
  ): string {
    return name.repeat(Number(times));
  }

  @FieldResolver(() => String, { nullable: true })
  failing(@Root() { name }: Thing): string {
    throw new Error(`${name} fails`);
  }
}

it("answers as type-graphql's own functions do", async () => {
  const ask = async (isPlain: boolean) => {
    if (isPlain) readPlainFields();
    const instance = new ThingResolver();
    const schema = await buildSchema({
      resolvers: [ThingResolver],
      container: { get: () => instance },
      validate: false,
    });
    const before = schema.getType("PlainThing");
    if (isPlain)
      callPlainResolvers(schema, new Map([[ThingResolver, instance]]));
    expect(before).toBe(schema.getType("PlainThing"));
    return graphql({
      schema,
      source: `{ plainThing { name greeting constant repeated(times: "2") failing } }`,
      contextValue: { who: "you" },
    });
  };
  const usual = await ask(false);
  expect(usual.data).toEqual({
    plainThing: {
      name: "thing",
      greeting: "hello you, I am thing",
      constant: "hello",
      repeated: "thingthing",
      failing: null,
    },
  });
  const plain = await ask(true);
  expect(plain.data).toEqual(usual.data);
  expect(plain.errors?.map(({ message, path }) => [message, path])).toEqual(
    usual.errors?.map(({ message, path }) => [message, path]),
  );
});
