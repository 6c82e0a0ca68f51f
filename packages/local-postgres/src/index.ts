export { EmbeddedPostgresError } from "./error.ts";
export { freePort } from "./port.ts";
export { identityOf, isAlive, processIdentity } from "./process-identity.ts";
export type { ProcessIdentity } from "./process-identity.ts";
export { LockHeldError, takeLock } from "./process-lock.ts";
export type { ProcessLock } from "./process-lock.ts";
export { readOrMakeSecret } from "./secret.ts";
export { startEmbeddedPostgres } from "./server.ts";
export type { EmbeddedPostgres, EmbeddedPostgresOptions } from "./server.ts";
