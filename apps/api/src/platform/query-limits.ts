import { GraphQLError, Kind, getNamedType, isObjectType } from "graphql";
import type {
  ASTVisitor,
  FieldNode,
  FragmentDefinitionNode,
  GraphQLOutputType,
  OperationDefinitionNode,
  SelectionSetNode,
  ValidationContext,
  ValidationRule,
} from "graphql";

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
  /** One a field, times the rows asked for of each connection above it. */
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

/** What a page is taken to hold where the document does not say. */
const ASSUMED_PAGE = 50;

interface Tally {
  depth: number;
  aliases: number;
  directives: number;
  cost: number;
  /** Fragments expanded so far. */
  spreads: number;
}

/** A validation rule that refuses documents past the limits. */
export function queryLimitsRule(limits: QueryLimits): ValidationRule {
  return (context: ValidationContext): ASTVisitor => ({
    OperationDefinition(operation) {
      const tally = {
        depth: 0,
        aliases: 0,
        directives: 0,
        cost: 0,
        spreads: 0,
      };
      const root = rootType(context, operation);
      if (isIntrospection(operation)) return;
      count(
        { context, tally, limits, path: [] },
        operation.selectionSet,
        root,
        1,
        1,
      );
      for (const name of ["depth", "aliases", "directives", "cost"] as const) {
        if (tally[name] > limits[name]) {
          context.reportError(
            new GraphQLError(
              `This query is past the ${name} limit of ${String(limits[name])}.`,
              { nodes: operation, extensions: { code: "QUERY_TOO_LARGE" } },
            ),
          );
        }
      }
    },
  });
}

interface Walk {
  context: ValidationContext;
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
  const isPaged =
    definition?.args.some(({ name }) => name === "first") === true;
  count(
    walk,
    field.selectionSet,
    definition?.type,
    depth + 1,
    isPaged ? rows * pageOf(field) : rows,
  );
}

/** Variables are not known yet; a page size given by one counts as assumed. */
function pageOf(field: FieldNode): number {
  const first = field.arguments?.find(({ name }) => name.value === "first");
  return first?.value.kind === Kind.INT
    ? Number(first.value.value)
    : ASSUMED_PAGE;
}

function fragmentNamed(
  walk: Walk,
  name: string,
): FragmentDefinitionNode | undefined {
  if (walk.path.includes(name)) return undefined;
  return walk.context.getFragment(name) ?? undefined;
}

function conditionType(
  walk: Walk,
  fragment: { typeCondition?: { name: { value: string } } | undefined },
  parent: GraphQLOutputType | undefined,
): GraphQLOutputType | undefined {
  const name = fragment.typeCondition?.name.value;
  const type =
    name === undefined ? undefined : walk.context.getSchema().getType(name);
  return isObjectType(type) ? type : parent;
}

function rootType(
  context: ValidationContext,
  operation: OperationDefinitionNode,
): GraphQLOutputType | undefined {
  return context.getSchema().getRootType(operation.operation) ?? undefined;
}

/** Whether introspection is allowed at all is decided elsewhere. */
function isIntrospection(operation: OperationDefinitionNode): boolean {
  return operation.selectionSet.selections.every(
    (selection) =>
      selection.kind === Kind.FIELD && selection.name.value.startsWith("__"),
  );
}
