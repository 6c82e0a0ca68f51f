import type { DatabaseClient } from "@lung-iris/prisma";
import type { AuditLog } from "../../audit/audit-log.ts";
import type { Logger } from "../../logger.ts";
import type { Clock } from "../../platform/clock.ts";
import type { ObjectStore } from "../../platform/object-store.ts";
import type { ModelFolder } from "../models/loaded-models.ts";
import type { CandidateFolders } from "./candidate-folders.ts";

/** A trainer that says nothing for so long is taken for dead. */
export const LEASE_SECONDS = 30;
/** What a trainer needs of the outside. */
export interface TrainerDeps {
  client: DatabaseClient;
  audit: AuditLog;
  clock: Clock;
  objectStore: ObjectStore;
  logger: Logger;
  /** Registered models whose folders lie here. */
  folders: readonly ModelFolder[];
  candidates: CandidateFolders;
  /** Where runs work on this machine. */
  workFolder: string;
  /** What it can run on, the best first. */
  engines: readonly ("tensorflow" | "wasm")[];
  /** Manifest of the films that shipped models learnt from; null: not here. */
  baseFilms: string | null;
  secret: string;
  codeVersion: string;
  /** Machine and process. */
  name: string;
}
