import { type DocumentNode, Kind, print, visit } from "graphql";
import { describe, expect, it } from "vitest";
import * as generated from "../gql/graphql.ts";
import { graphql } from "./graphql.ts";

const DOCUMENT = `
  query CaseToTry($id: ID!) {
    case(id: $id) { ...CaseRow ... on Case { id } }
  }
`;

/** Any text is a document, though only those of the pages have a type. */
const untyped = graphql as (source: string) => DocumentNode;

describe("the document of a text", () => {
  it("holds what it spreads, and what that spreads, once", () => {
    const names = untyped(DOCUMENT).definitions.map((definition) =>
      "name" in definition ? definition.name.value : undefined,
    );
    expect(names).toContain("CaseRow");
    expect(names).toContain("CaseStateFields");
    expect(new Set(names).size).toBe(names.length);
  });

  it("is read once, and stays a document when it is copied", () => {
    const document = untyped(DOCUMENT);
    expect(document.definitions).toBe(document.definitions);
    const without = visit(document, {
      Field: (field) => (field.name.value === "id" ? null : undefined),
    });
    expect(without.kind).toBe(Kind.DOCUMENT);
    expect(print(without)).not.toMatch(/^\s*id$/m);
    expect(print(document)).toMatch(/^\s*id$/m);
  });

  it("says what is wrong with a text when it is used", () => {
    const broken = untyped("query {");
    expect(() => broken.definitions).toThrow("Syntax Error");
  });

  it("asks for the same as the document that codegen made", () => {
    const documents = Object.values<DocumentNode>(generated).filter(
      ({ definitions }) =>
        definitions.some(({ kind }) => kind === Kind.OPERATION_DEFINITION),
    );
    expect(documents.length).toBeGreaterThan(100);
    for (const theirs of documents) {
      const [operation] = theirs.definitions;
      if (!operation) throw new Error("an empty document");
      expect(parts(untyped(print(operation)))).toEqual(parts(theirs));
    }
  });
});

function parts(document: DocumentNode): string[] {
  return document.definitions.map(print).sort();
}
