import { readFile } from "node:fs/promises";
import {
  buildSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
} from "graphql";
import type { GraphQLNamedType, GraphQLSchema } from "graphql";
import { describe, expect, it } from "vitest";
import { printApiSchema } from "../../apps/api/src/emit-schema.ts";

const committed = new URL("../../apps/api/schema.graphql", import.meta.url);

describe("the GraphQL schema", () => {
  it("is committed as the resolvers say it", async () => {
    expect(await readFile(committed, "utf8")).toBe(await printApiSchema());
  });

  it("describes every type, field, argument and value", async () => {
    const schema = buildSchema(await readFile(committed, "utf8"));
    expect(undescribed(schema)).toEqual([]);
  });

  it("pages every list that can grow by cursors", async () => {
    const schema = buildSchema(await readFile(committed, "utf8"));
    const connections = Object.values(schema.getTypeMap()).filter(({ name }) =>
      name.endsWith("Connection"),
    );
    expect(connections.length).toBeGreaterThan(5);
    for (const type of connections) {
      if (!isObjectType(type)) throw new Error(`${type.name} is no object`);
      expect(Object.keys(type.getFields())).toEqual(
        expect.arrayContaining(["edges", "pageInfo"]),
      );
    }
  });
});

/** Paths of everything without a description. */
function undescribed(schema: GraphQLSchema): string[] {
  const own = Object.values(schema.getTypeMap()).filter(
    (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
  );
  return own.flatMap((type) => [
    ...(type.description ? [] : [type.name]),
    ...partsOf(type),
  ]);
}

function partsOf(type: GraphQLNamedType): string[] {
  if (isEnumType(type)) {
    const values = type.getValues().filter(({ description }) => !description);
    return values.map(({ name }) => `${type.name}.${name}`);
  }
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields());
    return fields
      .filter(({ description }) => !description)
      .map(({ name }) => `${type.name}.${name}`);
  }
  if (!isObjectType(type) && !isInterfaceType(type)) return [];
  return Object.values(type.getFields()).flatMap(
    ({ name, description, args }) => [
      ...(description ? [] : [`${type.name}.${name}`]),
      ...args
        .filter((argument) => !argument.description)
        .map((argument) => `${type.name}.${name}(${argument.name})`),
    ],
  );
}
