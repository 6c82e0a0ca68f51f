import { isObjectType } from "graphql";
import type { GraphQLFieldResolver, GraphQLSchema } from "graphql";
import { getMetadataStorage } from "type-graphql";
import type { ApiContext } from "./context.ts";

type FieldResolverMetadata = ReturnType<
  typeof getMetadataStorage
>["fieldResolvers"][number];
type Resolve = GraphQLFieldResolver<unknown, ApiContext>;

/** Methods of a resolver's instance by their names. */
type Methods = Readonly<
  Record<string, (...params: readonly unknown[]) => unknown>
>;

/**
 * A field without a resolver of its own is a property of its row: graphql-js
 * reads it by itself, without type-graphql's function around each. To be
 * called before the schema is built.
 */
export function readPlainFields(): void {
  for (const type of getMetadataStorage().objectTypes)
    type.simpleResolvers = true;
}

/**
 * Calls field resolvers that take nothing but their row and the context
 * without type-graphql in between, which sorts and reads the parameters of
 * each call anew: a page has hundreds. All others stay as they are.
 */
export function callPlainResolvers(
  schema: GraphQLSchema,
  instances: ReadonlyMap<unknown, object>,
): void {
  const { fieldResolvers, objectTypes } = getMetadataStorage();
  const names = new Map<unknown, string>(
    objectTypes.map(({ target, name }) => [target, name]),
  );
  for (const metadata of fieldResolvers) {
    const params = plainParams(metadata);
    const name = names.get(metadata.getObjectType?.());
    const type = name === undefined ? undefined : schema.getType(name);
    // The class has the method: type-graphql found it there.
    const instance = instances.get(metadata.target) as Methods | undefined;
    if (params === null || instance === undefined || !isObjectType(type))
      continue;
    const field = type.getFields()[metadata.schemaName];
    if (field === undefined) continue;
    field.resolve = calling(instance, metadata.methodName, params);
  }
}

function calling(
  instance: Methods,
  method: string,
  [first, second]: readonly ("root" | "context")[],
): Resolve {
  const called = instance[method]?.bind(instance);
  if (called === undefined) throw new Error(`no resolver ${method}`);
  if (second === undefined)
    return first === "context"
      ? (_row, _args, context) => called(context)
      : (row) => called(row);
  return first === "context"
    ? (row, _args, context) => called(context, row)
    : (row, _args, context) => called(row, context);
}

/** Row and context in the order of the method's parameters; null for others. */
function plainParams({
  kind,
  params = [],
  middlewares = [],
  roles,
}: FieldResolverMetadata): ("root" | "context")[] | null {
  if (kind !== "external" || middlewares.length > 0 || roles !== undefined)
    return null;
  const kinds: ("root" | "context")[] = [];
  for (const param of params) {
    if (param.kind !== "root" && param.kind !== "context") return null;
    if (param.propertyName !== undefined) return null;
    // A class would have the row made into one of its instances.
    if (param.kind === "root" && isClass(param.getType)) return null;
    if (kinds[param.index] !== undefined) return null;
    kinds[param.index] = param.kind;
  }
  const isWhole = kinds.length === params.length && kinds.length <= 2;
  return isWhole && new Set(kinds).size === kinds.length ? kinds : null;
}

function isClass(getType: (() => unknown) | undefined): boolean {
  return getType !== undefined && getType() !== Object;
}
