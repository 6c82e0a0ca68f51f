export { EmbeddedPostgresError } from "./embedded/error.ts";
export { freePort, startEmbeddedPostgres } from "./embedded/server.ts";
export type {
  EmbeddedPostgres,
  EmbeddedPostgresOptions,
} from "./embedded/server.ts";
