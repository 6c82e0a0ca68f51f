import { readFile } from "node:fs/promises";
import { Kind, buildSchema } from "graphql";
import type { DocumentNode, OperationDefinitionNode } from "graphql";
import { describe, expect, it } from "vitest";
import { z } from "zod";
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

const field = z.object({
  kind: z.literal(Kind.FIELD),
  name: z.object({ value: z.string() }),
  arguments: z.array(z.object({ name: z.object({ value: z.string() }) })),
});

/** Names of fields that are asked from a cursor on, wherever they stand. */
function fieldsThatGoOn(node: unknown): string[] {
  if (typeof node !== "object" || node === null) return [];
  const { success, data } = field.safeParse(node);
  const goesOn =
    success && data.arguments.some(({ name }) => name.value === "after");
  const own = goesOn ? [data.name.value] : [];
  return [...own, ...Object.values(node).flatMap(fieldsThatGoOn)];
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

  it("that goes on after a page is one of the lists that grow", () => {
    const asked = new Set(
      Object.values(web).filter(isDocument).flatMap(fieldsThatGoOn),
    );
    const known = [...Object.values(PAGED_LISTS).flat(), ...SINGLE_PAGES];
    expect([...asked].toSorted()).toEqual(known.toSorted());
  });
});
