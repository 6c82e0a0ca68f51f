import js from "@eslint/js";
import graphql from "@graphql-eslint/eslint-plugin";
import reactHooks from "eslint-plugin-react-hooks";
import globals from "globals";
import tseslint from "typescript-eslint";
import { ONE_WRITER, oneWriter } from "./eslint.one-writer.js";

/** The only modules that may read the environment, one an app or package. */
const CONFIG_MODULES = [
  "apps/api/src/config.ts",
  "apps/web/src/lib/env.ts",
  "apps/web/next.config.ts",
  "packages/inference/src/config.ts",
  "prisma/prisma.config.ts",
  "prisma/src/cli.ts",
  "scripts/**",
  "bench/**",
  "tests/testkit/**",
  "tests/*.config.ts",
  "tests/e2e/{start-desk,desk}.ts",
];

export default tseslint.config(
  {
    ignores: [
      "**/node_modules",
      "**/.next",
      "**/generated",
      "apps/web/src/gql",
      "apps/web/public",
      "apps/web/next-env.d.ts",
      ".data*",
      ".engine",
      ".cache",
      "test-results",
      "playwright-report",
      // Declarations for a file that no tsconfig holds.
      "eslint.one-writer.d.ts",
    ],
  },
  js.configs.recommended,
  {
    files: ["**/*.{js,cjs,mjs}"],
    languageOptions: { globals: globals.node },
  },
  {
    files: ["**/*.{ts,tsx}"],
    extends: [
      ...tseslint.configs.strictTypeChecked,
      ...tseslint.configs.stylisticTypeChecked,
    ],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      "no-undef": "off",
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      "@typescript-eslint/no-non-null-assertion": "error",
      // Numbers in messages read well; objects would not.
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true, allowBoolean: true },
      ],
      // Bracket access is what index signatures ask for under our tsconfig.
      "@typescript-eslint/dot-notation": "off",
      "@typescript-eslint/no-confusing-void-expression": [
        "error",
        { ignoreArrowShorthand: true },
      ],
      "@typescript-eslint/no-misused-promises": [
        "error",
        { checksVoidReturn: { attributes: false } },
      ],
      // Dependency-injected classes with decorators are often only constructors.
      "@typescript-eslint/no-extraneous-class": [
        "error",
        { allowWithDecorator: true },
      ],
      "no-restricted-properties": [
        "error",
        {
          object: "process",
          property: "env",
          message:
            "Read the environment in the config module of the app or package and hand the value in.",
        },
      ],
    },
  },
  {
    files: [
      "apps/**/*.{ts,tsx,js,mjs}",
      "packages/**/*.{ts,js,mjs}",
      "prisma/**/*.{ts,js,mjs}",
      "scripts/**/*.{ts,js,mjs}",
    ],
    ignores: [ONE_WRITER, "**/*.test.ts"],
    rules: { "no-restricted-syntax": ["error", ...oneWriter] },
  },
  {
    files: CONFIG_MODULES,
    rules: { "no-restricted-properties": "off" },
  },
  {
    files: ["apps/web/**/*.{ts,tsx}"],
    plugins: { "react-hooks": reactHooks },
    rules: reactHooks.configs.recommended.rules,
  },
  {
    // The viewer and page code also run in the browser.
    files: ["apps/web/**/*.{ts,tsx}", "tests/e2e/**/*.ts"],
    languageOptions: { globals: { ...globals.browser, ...globals.node } },
  },
  {
    files: ["apps/api/schema.graphql"],
    languageOptions: { parser: graphql.parser },
    plugins: { "@graphql-eslint": graphql },
    rules: {
      "@graphql-eslint/require-description": [
        "error",
        { types: true, FieldDefinition: true, EnumValueDefinition: true },
      ],
      "@graphql-eslint/no-duplicate-fields": "off",
    },
  },
  {
    files: ["**/*.test.ts", "tests/**/*.ts"],
    rules: {
      // Partial matchers of Vitest are typed `any` by design.
      "@typescript-eslint/no-unsafe-assignment": "off",
    },
  },
);
