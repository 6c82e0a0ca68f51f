import { defineConfig } from "vitest/config";

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
    projects: [
      {
        resolve: { alias: { graphql: "graphql/index.js" } },
        test: {
          name: "unit",
          // A busy machine is slow, not wrong.
          testTimeout: 30_000,
          hookTimeout: 30_000,
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
          include: ["tests/{api,access,audit,backup,recovery}/**/*.test.ts"],
          globalSetup: ["tests/testkit/global-setup.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          ...oneGraphql,
        },
      },
      {
        test: {
          name: "inference",
          include: ["tests/inference/**/*.test.ts"],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        resolve: { alias: { graphql: "graphql/index.js" } },
        test: {
          name: "contract",
          include: ["tests/contract/**/*.test.ts"],
          testTimeout: 60_000,
          ...oneGraphql,
        },
      },
    ],
  },
});
