import { Kind } from "graphql";
import type {
  FieldNode,
  GraphQLArgument,
  OperationDefinitionNode,
  ValueNode,
} from "graphql";
import { MAX_PAGE_SIZE } from "./pagination.ts";

export type Variables = Readonly<Record<string, unknown>>;

/** Where a page's size may be written down. */
export interface PageSource {
  operation: OperationDefinitionNode;
  /** Null while they are not known. */
  variables: Variables | null;
}

/**
 * The rows that a paged field is asked for: 1 to the largest page. A size
 * outside of that is refused when the field is resolved, and must not make
 * the query cheaper before (a negative one did).
 */
export function pageOf(
  source: PageSource,
  field: FieldNode,
  argument: GraphQLArgument,
): number {
  const given = field.arguments?.find(
    ({ name }) => name.value === argument.name,
  );
  const size =
    given === undefined ? argument.defaultValue : valueOf(source, given.value);
  return clamp(size ?? argument.defaultValue);
}

function valueOf(
  { operation, variables }: PageSource,
  value: ValueNode,
): unknown {
  if (value.kind === Kind.INT) return Number(value.value);
  if (value.kind !== Kind.VARIABLE) return undefined;
  // Not known yet: the least, so that nothing is refused that may be small.
  if (variables === null) return 1;
  const name = value.name.value;
  const given = Object.hasOwn(variables, name) ? variables[name] : undefined;
  if (given !== undefined && given !== null) return given;
  const definition = operation.variableDefinitions?.find(
    ({ variable }) => variable.name.value === name,
  );
  const fallback = definition?.defaultValue;
  return fallback?.kind === Kind.INT ? Number(fallback.value) : undefined;
}

function clamp(size: unknown): number {
  if (typeof size !== "number" || !Number.isFinite(size)) return MAX_PAGE_SIZE;
  return Math.min(MAX_PAGE_SIZE, Math.max(1, Math.ceil(size)));
}
