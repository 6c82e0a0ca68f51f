import { type DefinitionNode, type DocumentNode, Kind, parse } from "graphql";
import { FRAGMENTS } from "../gql/fragments.ts";
import type { graphql as typedDocument } from "../gql/gql.ts";

/**
 * The typed document of a GraphQL text; what it asks for and what comes back
 * is told by codegen, which reads these texts. A document is read when it is
 * used for the first time: a page knows many more than it asks. (The map that
 * codegen makes of all documents, 640 kB of them on each page, is for types
 * only.)
 *
 * @param source fragments that it spreads are found by their names
 * @throws GraphQLError on the first use, when it can not be read
 */
export const graphql = ((source: string) =>
  readOnUse(source)) as typeof typedDocument;

function readOnUse(source: string): DocumentNode {
  const document = { kind: Kind.DOCUMENT } as DocumentNode;
  return Object.defineProperty(document, "definitions", {
    configurable: true,
    enumerable: true,
    get: () => {
      const value = definitionsOf(source);
      // A value from now on, as whoever copies a document expects.
      Object.defineProperty(document, "definitions", {
        value,
        configurable: true,
        enumerable: true,
        writable: true,
      });
      return value;
    },
  });
}

function definitionsOf(source: string): DefinitionNode[] {
  const own = read(source);
  const names = new Set<string>();
  collectSpreads(source, names);
  const ownNames = own.map((definition) =>
    definition.kind === Kind.FRAGMENT_DEFINITION ? definition.name.value : "",
  );
  return [
    ...own,
    ...[...names]
      .filter((name) => !ownNames.includes(name))
      .flatMap((name) => fragmentOf(name)),
  ];
}

/** Adds what the text spreads, and what that spreads in turn. */
function collectSpreads(source: string, names: Set<string>): void {
  for (const [, name = ""] of source.matchAll(SPREAD)) {
    const fragment = FRAGMENTS[name];
    if (names.has(name) || fragment === undefined) continue;
    names.add(name);
    collectSpreads(fragment, names);
  }
}

/** `...Name`, and not `... on Type`, which is no fragment's name. */
const SPREAD = /\.\.\.(?!\s*on\b)\s*(\w+)/g;

const readFragments = new Map<string, readonly DefinitionNode[]>();

function fragmentOf(name: string): readonly DefinitionNode[] {
  const known = readFragments.get(name) ?? read(FRAGMENTS[name] ?? "");
  readFragments.set(name, known);
  return known;
}

function read(source: string): readonly DefinitionNode[] {
  return parse(source, { noLocation: true }).definitions;
}
