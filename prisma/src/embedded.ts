export { EmbeddedPostgresError } from "./embedded/error.ts";
export { freePort } from "./embedded/port.ts";
export {
  identityOf,
  isAlive,
  processIdentity,
} from "./embedded/process-identity.ts";
export type { ProcessIdentity } from "./embedded/process-identity.ts";
export { LockHeldError, takeLock } from "./embedded/process-lock.ts";
export type { ProcessLock } from "./embedded/process-lock.ts";
export { readOrMakeSecret } from "./embedded/secret.ts";
export { startEmbeddedPostgres } from "./embedded/server.ts";
export type {
  EmbeddedPostgres,
  EmbeddedPostgresOptions,
} from "./embedded/server.ts";
