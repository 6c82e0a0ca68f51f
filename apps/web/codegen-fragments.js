import { Kind, print } from "graphql";

/**
 * The fragments of all documents by name, as text: what `src/lib/graphql.ts`
 * puts behind a document that spreads them.
 *
 * @param {unknown} _schema
 * @param {{ document?: import("graphql").DocumentNode }[]} documents
 * @returns {string} the file
 */
export function plugin(_schema, documents) {
  const fragments = documents
    .flatMap(({ document }) => document?.definitions ?? [])
    .filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION)
    .map((fragment) => [fragment.name.value, print(fragment)])
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const entries = fragments.map(
    ([name, text]) => `  ${name}: ${JSON.stringify(text)},`,
  );
  return [
    "export const FRAGMENTS: Readonly<Record<string, string>> = {",
    ...entries,
    "};",
    "",
  ].join("\n");
}
