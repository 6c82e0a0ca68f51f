import {
  GraphQLError,
  Kind,
  getNamedType,
  getNullableType,
  isListType,
  isObjectType,
} from "graphql";
import type {
  ASTVisitor,
  DocumentNode,
  FieldNode,
  FragmentDefinitionNode,
  GraphQLArgument,
  GraphQLOutputType,
  GraphQLSchema,
  OperationDefinitionNode,
  SelectionSetNode,
  ValidationContext,
  ValidationRule,
} from "graphql";
import { pageOf } from "./query-page.ts";
import type { Variables } from "./query-page.ts";

/**
 * What one request may ask for. graphql-armor's published defaults (15
 * aliases, 50 directives) where they fit; depth and cost are set by the
 * largest query of the web, the case page (depth 9, cost about 3,000), with
 * room: connections nest two levels for every noun, so depth 6 is too few.
 */
export interface QueryLimits {
  depth: number;
  aliases: number;
  directives: number;
  /** One a field, times the rows asked for of each list above it. */
  cost: number;
}

export const QUERY_LIMITS: QueryLimits = {
  depth: 12,
  aliases: 15,
  directives: 50,
  cost: 20_000,
};

/** Tokens of one document; graphql-js stops parsing there. */
export const MAX_TOKENS = 2_000;

/** Fragments expanded in counting one operation; the web's largest needs 40. */
const MAX_SPREADS = 1_000;

/** What a list without pages is taken to hold: the films of a study, priors. */
const ASSUMED_LIST = 4;

const NAMES = ["depth", "aliases", "directives", "cost"] as const;

interface Tally {
  depth: number;
  aliases: number;
  directives: number;
  cost: number;
  /** Fragments expanded so far. */
  spreads: number;
}

/**
 * Refuses documents that are past a limit whatever their variables say; with
 * the variables the same is asked once more (`refusePastLimits`).
 */
export function queryLimitsRule(limits: QueryLimits): ValidationRule {
  return (context: ValidationContext): ASTVisitor => ({
    OperationDefinition(operation) {
      const error = refusePastLimits(limits, {
        schema: context.getSchema(),
        document: context.getDocument(),
        operation,
        variables: null,
      });
      if (error !== null) context.reportError(error);
    },
  });
}

/** One operation to be counted. */
export interface CountedOperation {
  schema: GraphQLSchema;
  document: DocumentNode;
  operation: OperationDefinitionNode;
  /** Null while they are not known: pages sized by one then count one row. */
  variables: Variables | null;
}

/** The refusal of an operation past a limit; null where it is within all. */
export function refusePastLimits(
  limits: QueryLimits,
  counted: CountedOperation,
): GraphQLError | null {
  const { operation } = counted;
  if (isIntrospection(operation)) return null;
  const tally = { depth: 0, aliases: 0, directives: 0, cost: 0, spreads: 0 };
  const root = counted.schema.getRootType(operation.operation) ?? undefined;
  const walk = { ...counted, tally, limits, path: [] };
  count(walk, operation.selectionSet, root, 1, 1);
  const past = NAMES.find((name) => tally[name] > limits[name]);
  if (past === undefined) return null;
  return new GraphQLError(
    `This query is past the ${past} limit of ${String(limits[past])}.`,
    { nodes: operation, extensions: { code: "GRAPHQL_VALIDATION_FAILED" } },
  );
}

interface Walk extends CountedOperation {
  tally: Tally;
  limits: QueryLimits;
  /** Fragments being expanded: a cycle is another rule's error. */
  path: string[];
}

function count(
  walk: Walk,
  set: SelectionSetNode,
  parent: GraphQLOutputType | undefined,
  depth: number,
  rows: number,
): void {
  const { tally, limits } = walk;
  // Past a limit the rest does not matter; expansion must not explode.
  if (tally.cost > limits.cost || depth > limits.depth + 1) return;
  if (tally.spreads > MAX_SPREADS) {
    // Fragments that spread each other without a field would never end.
    tally.cost = Number.POSITIVE_INFINITY;
    return;
  }
  for (const selection of set.selections) {
    tally.directives += selection.directives?.length ?? 0;
    // What @skip leaves out is counted as well: no directive makes it cheaper.
    if (selection.kind === Kind.FIELD) {
      countField(walk, selection, parent, depth, rows);
      continue;
    }
    const fragment =
      selection.kind === Kind.INLINE_FRAGMENT
        ? selection
        : fragmentNamed(walk, selection.name.value);
    if (fragment === undefined) continue;
    tally.spreads += 1;
    if (fragment.kind === Kind.FRAGMENT_DEFINITION)
      walk.path.push(fragment.name.value);
    count(
      walk,
      fragment.selectionSet,
      conditionType(walk, fragment, parent),
      depth,
      rows,
    );
    if (fragment.kind === Kind.FRAGMENT_DEFINITION) walk.path.pop();
  }
}

function countField(
  walk: Walk,
  field: FieldNode,
  parent: GraphQLOutputType | undefined,
  depth: number,
  rows: number,
): void {
  const { tally } = walk;
  tally.depth = Math.max(tally.depth, depth);
  tally.cost += rows;
  if (field.alias !== undefined && field.alias.value !== field.name.value)
    tally.aliases += 1;
  if (field.selectionSet === undefined) return;
  const named = parent === undefined ? undefined : getNamedType(parent);
  const definition = isObjectType(named)
    ? named.getFields()[field.name.value]
    : undefined;
  const each = rowsOf(walk, field, definition);
  count(walk, field.selectionSet, definition?.type, depth + 1, rows * each);
}

/** How many objects one such field answers, as far as can be told before. */
function rowsOf(
  walk: Walk,
  field: FieldNode,
  definition:
    { args: readonly GraphQLArgument[]; type: GraphQLOutputType } | undefined,
): number {
  const first = definition?.args.find(({ name }) => name === "first");
  if (first !== undefined) return pageOf(walk, field, first);
  // The rows of a page are counted where the page is asked for.
  const isList =
    definition !== undefined &&
    isListType(getNullableType(definition.type)) &&
    field.name.value !== "edges";
  return isList ? ASSUMED_LIST : 1;
}

function fragmentNamed(
  walk: Walk,
  name: string,
): FragmentDefinitionNode | undefined {
  if (walk.path.includes(name)) return undefined;
  return walk.document.definitions.find(
    (definition): definition is FragmentDefinitionNode =>
      definition.kind === Kind.FRAGMENT_DEFINITION &&
      definition.name.value === name,
  );
}

function conditionType(
  walk: Walk,
  fragment: { typeCondition?: { name: { value: string } } | undefined },
  parent: GraphQLOutputType | undefined,
): GraphQLOutputType | undefined {
  const name = fragment.typeCondition?.name.value;
  const type = name === undefined ? undefined : walk.schema.getType(name);
  return isObjectType(type) ? type : parent;
}

/** Whether introspection is allowed at all is decided elsewhere. */
function isIntrospection(operation: OperationDefinitionNode): boolean {
  return operation.selectionSet.selections.every(
    (selection) =>
      selection.kind === Kind.FIELD && selection.name.value.startsWith("__"),
  );
}
