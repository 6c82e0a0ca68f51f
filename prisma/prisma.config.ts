import { defineConfig } from "prisma/config";

/** `generate` and `validate` need no database, but the key must be there. */
const UNUSED = "postgresql://unused@127.0.0.1:1/unused";

export default defineConfig({
  schema: "schema",
  migrations: { path: "migrations" },
  datasource: { url: process.env["DATABASE_URL"] ?? UNUSED },
});
