/** The arrows of design.md "Direction of dependencies"; every rule fails the build. */
const forbid = (name, comment, from, to) => ({
  name,
  comment,
  severity: "error",
  from: { path: from },
  to: { path: to },
});

module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      comment: "A cycle hides which part is the foundation.",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    forbid(
      "foundations-import-nothing-internal",
      "Packages and prisma know no app.",
      "^(packages|prisma)/",
      "^(apps|tests|scripts|bench)/",
    ),
    forbid(
      "inference-alone",
      "inference uses dicom and nothing else internal.",
      "^packages/inference/(src|bin)/",
      "^(packages/(phantom|local-postgres)|prisma)/",
    ),
    forbid(
      "phantom-alone",
      "phantom uses dicom's writer and nothing else internal.",
      "^packages/phantom/",
      "^(packages/(inference|local-postgres)|prisma)/",
    ),
    forbid(
      "dicom-alone",
      "dicom imports nothing internal.",
      "^packages/dicom/",
      "^(packages/(?!dicom/)|prisma)",
    ),
    forbid(
      "local-postgres-alone",
      "local-postgres imports nothing internal: it knows no schema.",
      "^packages/local-postgres/",
      "^(packages/(?!local-postgres/)|prisma)",
    ),
    forbid(
      "audit-words-alone",
      "Words of the trail know neither database nor films: they run in browsers.",
      "^packages/audit-words/",
      "^(packages/(?!audit-words/)|prisma)/",
    ),
    forbid(
      "packages-through-their-exports",
      "What a package exports is its contract with the other packages too.",
      "^packages/(inference|phantom)/",
      "^packages/dicom/(?!src/(index|writer)\\.ts$)",
    ),
    forbid(
      "dicom-writer-shares-nothing-with-the-reader",
      "A writer that used the reader's tables would hide its mistakes.",
      "^packages/dicom/src/write/",
      "^packages/dicom/src/(?!write/)",
    ),
    forbid(
      "prisma-alone",
      "prisma imports nothing internal.",
      "^prisma/",
      "^packages/",
    ),
    forbid(
      "web-knows-only-the-schema",
      "The web talks to the API over GraphQL and HTTP; types come from schema.graphql. Words that both say have a package of their own.",
      "^apps/web/",
      "^(apps/api|packages/(?!audit-words/)|prisma)/",
    ),
    forbid(
      "api-not-web",
      "The API does not know the web.",
      "^apps/api/",
      "^apps/web/",
    ),
    forbid(
      "product-not-tests",
      "Product code never imports test code.",
      "^(apps|packages|prisma)/(?!.*\\.test\\.ts$)",
      "^(tests|bench)/",
    ),
    {
      name: "store-of-own-feature",
      comment: "Features use another feature's service, never its store.",
      severity: "error",
      from: { path: "^apps/api/src/features/([^/]+)/" },
      to: {
        path: "^apps/api/src/features/[^/]+/[^/]+\\.store\\.ts$",
        pathNot: "^apps/api/src/features/$1/",
      },
    },
    {
      name: "resolver-to-service",
      comment: "Resolvers translate; stores are the services' business.",
      severity: "error",
      from: { path: "^apps/api/src/.*\\.resolver\\.ts$" },
      to: { path: "^apps/api/src/.*\\.store\\.ts$" },
    },
    forbid(
      "audit-access-platform-know-no-feature",
      "They are what features stand on.",
      "^apps/api/src/(audit|access|platform)/",
      "^apps/api/src/features/",
    ),
    {
      name: "no-graphql-below-resolvers",
      comment:
        "Services, rules and stores run where no GraphQL schema is built (worker, seeds): a *.type.ts would need its decorators there.",
      severity: "error",
      from: {
        path: "^apps/api/src/.*\\.(service|rules|store|commands|machine|reads)\\.ts$",
      },
      to: {
        path: "\\.(type|input|enums?)\\.ts$",
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "public-entry-points",
      comment: "Packages are used through their exports.",
      severity: "error",
      from: { path: "^(apps|tests|scripts|bench)/" },
      to: {
        path: "^(packages/(dicom|inference|local-postgres|phantom)|prisma)/",
        pathNot:
          "^(packages/[^/]+/src/index\\.ts|packages/dicom/src/writer\\.ts|prisma/src/(index|migrate)\\.ts)$",
      },
    },
    {
      name: "no-unresolvable",
      comment: "An import that resolves nowhere is broken.",
      severity: "error",
      from: {},
      to: {
        couldNotResolve: true, // The two packages hold declarations only, which no resolver finds.
        pathNot: "generated|/gql/|next/image-types|graphql-typed-document-node",
      },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(generated|/gql/|\\.next|public/viewer)" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.base.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
      extensions: [".ts", ".tsx", ".mjs", ".js", ".cjs", ".json"],
    },
  },
};
