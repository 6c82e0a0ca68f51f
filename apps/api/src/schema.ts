import "reflect-metadata";
import type { GraphQLSchema } from "graphql";
import { GraphQLDateTime } from "graphql-scalars";
import { buildSchema } from "type-graphql";
import type { NonEmptyArray } from "type-graphql";
import { assertEveryOperationRequires } from "./access/requires.ts";
import { AuthResolver } from "./features/auth/auth.resolver.ts";
import { NodeType } from "./platform/node.type.ts";

type ResolverClass = abstract new (...args: never[]) => object;

/** Every resolver class; composition.ts makes one instance of each. */
const RESOLVERS: readonly ResolverClass[] = [AuthResolver];

/**
 * Builds the schema. Without instances it can be printed but not asked.
 *
 * @throws when a class has no instance or an operation no requirement.
 */
export async function buildApiSchema(
  instances?: readonly object[],
): Promise<GraphQLSchema> {
  const schema = await buildSchema({
    // type-graphql wants constructors that take anything; the container
    // below hands in ready-made instances and never calls them.
    resolvers: RESOLVERS as unknown as NonEmptyArray<
      new (...args: unknown[]) => object
    >,
    orphanedTypes: [NodeType],
    scalarsMap: [{ type: Date, scalar: GraphQLDateTime }],
    container: { get: (type) => instanceOf(type, instances) },
    validate: false,
  });
  assertEveryOperationRequires(schema);
  for (const type of RESOLVERS) {
    if (instances !== undefined) instanceOf(type, instances);
  }
  return schema;
}

function instanceOf(
  type: { name: string },
  instances: readonly object[] | undefined,
): object {
  const found = instances?.find(({ constructor }) => constructor === type);
  if (found === undefined)
    throw new Error(`composition.ts makes no instance of ${type.name}`);
  return found;
}
