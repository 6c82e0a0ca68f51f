/**
 * `npm run check`: everything that can be said about the code without
 * running it. Ends at the first thing that is wrong.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runCommand } from "./run-command.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const committedSchema = join(root, "apps/api/schema.graphql");

function node(packageName: string, file: string, ...args: string[]) {
  const bin = join(root, "node_modules", packageName, file);
  return () =>
    runCommand(process.execPath, [bin, ...args], {
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
function lintSteps(): [name: string, run: () => Promise<number>][] {
  const parts = ["apps/api", "apps/web", "packages", "tests"];
  const lint = (...args: string[]) =>
    node("eslint", "bin/eslint.js", "--max-warnings", "0", ...args);
  return [
    ...parts.map((part): [string, () => Promise<number>] => [
      `eslint of ${part}`,
      lint(part),
    ]),
    [
      "eslint of the rest",
      lint(".", ...parts.flatMap((part) => ["--ignore-pattern", `${part}/**`])),
    ],
  ];
}

const steps: [name: string, run: () => Promise<number>][] = [
  ["codegen drift", schemaDrift],
  [
    "typecheck",
    node("turbo", "bin/turbo", "run", "typecheck", "--output-logs=errors-only"),
  ],
  [
    "typecheck of scripts",
    node("typescript", "bin/tsc", "--noEmit", "-p", "."),
  ],
  ...lintSteps(),
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

for (const [name, run] of steps) {
  const started = performance.now();
  const code = await run();
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  process.stdout.write(
    `${code === 0 ? "ok    " : "FAILED"} ${name} (${seconds} s)\n`,
  );
  if (code !== 0) process.exit(1);
}
