import { Kind, getArgumentValues } from "graphql";
import type {
  DocumentNode,
  FieldNode,
  GraphQLError,
  GraphQLSchema,
  OperationDefinitionNode,
  SelectionSetNode,
} from "graphql";
import { idsAmong } from "./asked-for.ts";
import { refusalOf } from "./refusal.ts";
import type { Refusal } from "./refusal.ts";

/** An operation and what became of it. */
export interface AnsweredOperation {
  schema: GraphQLSchema;
  document: DocumentNode;
  operation: OperationDefinitionNode;
  variables: Readonly<Record<string, unknown>> | null | undefined;
  errors: readonly GraphQLError[];
  data: Readonly<Record<string, unknown>> | null | undefined;
}

/**
 * What of an operation was refused: once for each field of the root and
 * reason. One row that is answered as null is refused as well: whoever may
 * not see it is told that it is not there.
 */
export function refusalsIn(answered: AnsweredOperation): Refusal[] {
  const { operation, errors, data } = answered;
  const fields = new Map(rootFields(answered.document, operation.selectionSet));
  const found = new Map<string, Refusal>();
  const failed = new Set<unknown>();
  for (const error of errors) {
    const alias = error.path?.[0];
    failed.add(alias);
    const field = fields.get(String(alias)) ?? [...fields.values()][0];
    const refusal = refusalOf(
      error.originalError,
      nameOf(operation, field),
      askedOf(answered, field),
    );
    if (refusal !== null)
      found.set(`${String(alias)} ${refusal.reason}`, refusal);
  }
  for (const [alias, field] of fields) {
    if (data?.[alias] !== null || failed.has(alias)) continue;
    const asked = askedOf(answered, field);
    if (!("id" in asked)) continue;
    found.set(alias, {
      operation: nameOf(operation, field),
      reason: "not-there",
      what: field.name.value,
      permission: null,
      asked,
      siteId: null,
    });
  }
  return [...found.values()];
}

function nameOf(
  { operation }: OperationDefinitionNode,
  field: FieldNode | undefined,
): string {
  return `${operation} ${field?.name.value ?? "unknown"}`;
}

/** Fields of the root by their name in the answer, those of fragments too. */
function* rootFields(
  document: DocumentNode,
  { selections }: SelectionSetNode,
): Generator<[string, FieldNode]> {
  for (const selection of selections) {
    switch (selection.kind) {
      case Kind.FIELD:
        yield [selection.alias?.value ?? selection.name.value, selection];
        break;
      case Kind.INLINE_FRAGMENT:
        yield* rootFields(document, selection.selectionSet);
        break;
      case Kind.FRAGMENT_SPREAD: {
        const fragment = document.definitions.find(
          (definition) =>
            definition.kind === Kind.FRAGMENT_DEFINITION &&
            definition.name.value === selection.name.value,
        );
        if (fragment?.kind === Kind.FRAGMENT_DEFINITION)
          yield* rootFields(document, fragment.selectionSet);
      }
    }
  }
}

function askedOf(
  { schema, operation, variables }: AnsweredOperation,
  field: FieldNode | undefined,
): Record<string, string> {
  const root = schema.getRootType(operation.operation);
  const definition = root?.getFields()[field?.name.value ?? ""];
  if (field === undefined || definition === undefined) return {};
  try {
    return idsAmong(getArgumentValues(definition, field, variables));
  } catch {
    return {}; // arguments that do not fit; then the operation was not run
  }
}
