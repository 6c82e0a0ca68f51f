import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Whole desks, trainings and judgings: minutes each. */
const LONG =
  /tests\/(recovery|backup|api\/(training|promotions|export-scan))\//u;

/** Begins with what takes longest, so that no core is idle at the end. */
class LongestFirst extends BaseSequencer {
  override async sort(
    files: TestSpecification[],
  ): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) => LONG.test(moduleId);
    return [
      ...sorted.filter(isLong),
      ...sorted.filter((file) => !isLong(file)),
    ];
  }
}

/**
 * Files of one worker share what they import: loading the API anew for each
 * took longer than its tests. Whatever a test changes, it puts back.
 */
const sharedModules = { isolate: false };

/**
 * type-graphql is CommonJS and would load a second copy of graphql beside
 * Vitest's ESM one ("Duplicate graphql modules"); inlining keeps one.
 */
const oneGraphql = {
  server: { deps: { inline: ["type-graphql", "graphql", "graphql-scalars"] } },
};

export default defineConfig({
  test: {
    // Two cores are the budget; more workers only wait for each other.
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        resolve: { alias: { graphql: "graphql/index.js" } },
        test: {
          name: "unit",
          ...sharedModules,
          // A busy machine is slow, not wrong.
          testTimeout: 90_000,
          hookTimeout: 90_000,
          include: [
            "{apps,packages}/**/*.test.ts",
            "{apps,packages}/**/*.test.tsx",
            "{prisma,scripts,bench}/**/*.test.ts",
          ],
          exclude: ["**/node_modules/**", "**/.next/**"],
          ...oneGraphql,
        },
      },
      {
        resolve: { alias: { graphql: "graphql/index.js" } },
        test: {
          name: "api",
          ...sharedModules,
          include: ["tests/{api,access,audit,backup,recovery}/**/*.test.ts"],
          globalSetup: ["tests/testkit/global-setup.ts"],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          ...oneGraphql,
        },
      },
      {
        test: {
          name: "inference",
          include: ["tests/inference/**/*.test.ts"],
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
      {
        resolve: { alias: { graphql: "graphql/index.js" } },
        test: {
          name: "contract",
          ...sharedModules,
          include: ["tests/contract/**/*.test.ts"],
          testTimeout: 180_000,
          ...oneGraphql,
        },
      },
    ],
  },
});
