import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { lexicographicSortSchema, printSchema } from "graphql";
import { buildApiSchema } from "./schema.ts";

const HEADER = `# The contract between apps/api and apps/web: emitted from the type-graphql
# classes by \`npm run generate\`, never edited by hand.

`;

/** The schema as committed: sorted, so that equal classes print equally. */
export async function printApiSchema(): Promise<string> {
  const schema = await buildApiSchema();
  return `${HEADER}${printSchema(lexicographicSortSchema(schema))}\n`;
}

const COMMITTED = fileURLToPath(new URL("../schema.graphql", import.meta.url));

// Run as a command; tests import the function above.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await writeFile(process.argv[2] ?? COMMITTED, await printApiSchema());
}
