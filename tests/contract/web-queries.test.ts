import { readFile } from "node:fs/promises";
import {
  Kind,
  TypeInfo,
  buildSchema,
  getNamedType,
  visit,
  visitWithTypeInfo,
} from "graphql";
import type { DocumentNode, FieldNode, OperationDefinitionNode } from "graphql";
import { describe, expect, it } from "vitest";
import {
  QUERY_LIMITS,
  refusePastLimits,
} from "../../apps/api/src/platform/query-limits.ts";
import * as web from "../../apps/web/src/gql/graphql.ts";
import {
  PAGED_LISTS,
  SINGLE_PAGES,
} from "../../apps/web/src/lib/paged-lists.ts";

const SDL = new URL("../../apps/api/schema.graphql", import.meta.url);

function isDocument(value: unknown): value is DocumentNode {
  return typeof value === "object" && value !== null && "kind" in value;
}

describe("every question of the web", () => {
  it("is within the limits of the API, with room", async () => {
    const schema = buildSchema(await readFile(SDL, "utf8"));
    const documents = Object.values(web).filter(isDocument);
    const operations = documents.flatMap((document) =>
      document.definitions
        .filter(
          (definition): definition is OperationDefinitionNode =>
            definition.kind === Kind.OPERATION_DEFINITION,
        )
        .map((operation) => ({ document, operation })),
    );
    expect(operations.length).toBeGreaterThan(20);
    // The web asks for pages of 50 at most.
    const half = { ...QUERY_LIMITS, cost: QUERY_LIMITS.cost / 2 };
    for (const { document, operation } of operations) {
      const variables = { first: 50 };
      const error = refusePastLimits(half, {
        schema,
        document,
        operation,
        variables,
      });
      expect(error?.message, operation.name?.value).toBeUndefined();
    }
  });

  it("that goes on after a page is one of the lists that grow", async () => {
    const schema = buildSchema(await readFile(SDL, "utf8"));
    const asked = new Set<string>();
    for (const document of Object.values(web).filter(isDocument)) {
      const types = new TypeInfo(schema);
      const Field = (field: FieldNode) => {
        const of = getNamedType(types.getType())?.name ?? "";
        const goesOn = field.arguments?.some(
          ({ name }) => name.value === "after",
        );
        if (of.endsWith("Connection") && goesOn === true)
          asked.add(`${types.getParentType()?.name ?? ""}.${field.name.value}`);
      };
      visit(document, visitWithTypeInfo(types, { Field }));
    }
    const known = [
      ...Object.entries(PAGED_LISTS).flatMap(([type, fields]) =>
        fields.map((field) => `${type}.${field}`),
      ),
      ...SINGLE_PAGES.map((field) => `Query.${field}`),
    ];
    expect([...asked].toSorted()).toEqual(known.toSorted());
  });
});
