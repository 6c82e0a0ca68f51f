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
    projects: [
      {
        resolve: { alias: { graphql: "graphql/index.js" } },
        test: {
          name: "unit",
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
          include: ["tests/{api,access,audit,recovery}/**/*.test.ts"],
          globalSetup: ["tests/testkit/global-setup.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // Two cores are the budget; more workers only wait for each other.
          maxWorkers: 2,
          ...oneGraphql,
        },
      },
      {
        test: {
          name: "inference",
          include: ["tests/inference/**/*.test.ts"],
          testTimeout: 120_000,
          maxWorkers: 2,
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
