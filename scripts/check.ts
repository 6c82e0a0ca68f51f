/**
 * `npm run check`: everything that can be said about the code without
 * running it. Ends at the first thing that is wrong.
 */
import { readFile } from "node:fs/promises";
import { availableParallelism, totalmem } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runCommand } from "./run-command.ts";
import { runSteps, type Step } from "./run-steps.ts";

/** More than Node's own limit: a linter of all the API's types is near that. */
const HEAP = "--max-old-space-size=6144";
const root = fileURLToPath(new URL("..", import.meta.url));
const committedSchema = join(root, "apps/api/schema.graphql");

function node(packageName: string, file: string, ...args: string[]) {
  const bin = join(root, "node_modules", packageName, file);
  return () =>
    runCommand(process.execPath, [HEAP, bin, ...args], {
      cwd: root,
      env: { TURBO_TELEMETRY_DISABLED: "1", DO_NOT_TRACK: "1" },
    });
}

/** Emits the schema again: what is committed must be what the classes say. */
async function schemaDrift(): Promise<number> {
  const before = await readFile(committedSchema, "utf8");
  const code = await node(
    "turbo",
    "bin/turbo",
    "run",
    "generate",
    "--output-logs=errors-only",
    "--force",
    "--filter=@lung-iris/api...",
  )();
  if (code !== 0) return code;
  if ((await readFile(committedSchema, "utf8")) === before) return 0;
  process.stderr.write(
    "apps/api/schema.graphql was not what the resolvers say; it is now. Commit it.\n",
  );
  return 1;
}

/**
 * ESLint, one process for each part: with its types the whole tree does not
 * fit into the heap of one. The last part is whatever the others are not.
 */
function lintSteps(): Step[] {
  const parts = ["apps/api", "apps/web", "packages", "tests"];
  const lint = (...args: string[]) =>
    node("eslint", "bin/eslint.js", "--max-warnings", "0", ...args);
  return [
    ...parts.map((part): Step => [`eslint of ${part}`, lint(part)]),
    [
      "eslint of the rest",
      lint(".", ...parts.flatMap((part) => ["--ignore-pattern", `${part}/**`])),
    ],
  ];
}

/** Both write what is generated, which everything else reads. */
const generating: readonly Step[] = [
  ["codegen drift", schemaDrift],
  [
    "typecheck",
    node("turbo", "bin/turbo", "run", "typecheck", "--output-logs=errors-only"),
  ],
];

/** The longest first, so that no core is idle at the end. */
const reading: readonly Step[] = [
  ...lintSteps(),
  [
    "typecheck of scripts",
    node("typescript", "bin/tsc", "--noEmit", "-p", "."),
  ],
  [
    "prettier",
    node("prettier", "bin/prettier.cjs", "--check", "--log-level=warn", "."),
  ],
  [
    "dependency-cruiser",
    node(
      "dependency-cruiser",
      "bin/dependency-cruise.mjs",
      "apps",
      "packages",
      "prisma",
      "tests",
      "scripts",
      "bench",
      "--config",
      ".dependency-cruiser.cjs",
    ),
  ],
  [
    "model card",
    node(
      "tsx",
      "dist/cli.mjs",
      "packages/inference/bin/model-card.ts",
      "--check",
    ),
  ],
  ["knip", node("knip", "bin/knip.js")],
];

/** A linter with types takes more than four gigabytes. */
const ROOM_BYTES = 6 * 2 ** 30;

const atOnce = Math.min(
  2,
  availableParallelism(),
  Math.floor(totalmem() / ROOM_BYTES),
);
const say = (line: string) => process.stdout.write(`${line}\n`);
const isFine =
  (await runSteps(generating, 1, say)) &&
  (await runSteps(reading, atOnce, say));
if (!isFine) process.exitCode = 1;
