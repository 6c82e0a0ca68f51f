import type { Role } from "@lung-iris/prisma";
import {
  CLINIC,
  WARD,
  ADMINS,
  TRAIL,
  type Operation,
} from "./operations/callers.ts";
import { DESK_OPERATIONS } from "./operations/desk.ts";
import { LEARNING_OPERATIONS } from "./operations/learning.ts";
import { READING_OPERATIONS } from "./operations/reading.ts";
import { RECORDS_OPERATIONS } from "./operations/records.ts";

/**
 * Every operation of the schema with who may use it: the policy written down
 * a second time, from the side of the user. The documents name things that
 * do not exist, so whoever may gets past the permission and no further.
 */
export const OPERATIONS: Readonly<Record<string, Operation>> = {
  ...DESK_OPERATIONS,
  ...READING_OPERATIONS,
  ...LEARNING_OPERATIONS,
  // Last, and in it the sign-out: it ends the session that the others use.
  ...RECORDS_OPERATIONS,
};

/** The same for the HTTP routes that need a session. */
export const ROUTES: readonly {
  method: string;
  path: string;
  allowed: readonly Role[];
}[] = [
  { method: "POST", path: "/upload", allowed: CLINIC },
  { method: "GET", path: "/images/ID/thumbnail", allowed: WARD },
  { method: "GET", path: "/images/ID/pixels", allowed: WARD },
  { method: "GET", path: "/cases/ID/film", allowed: WARD },
  { method: "GET", path: "/images/ID/drawings", allowed: WARD },
  { method: "GET", path: "/images/ID/original", allowed: WARD },
  { method: "GET", path: "/reports/ID.pdf", allowed: WARD },
  { method: "GET", path: "/reports/ID/print.pdf", allowed: WARD },
  { method: "GET", path: "/preliminary/ID.pdf", allowed: WARD },
  { method: "GET", path: "/preliminary/ID/print.pdf", allowed: WARD },
  { method: "GET", path: "/datasets/ID/download", allowed: ADMINS },
  // The name is the filter {}, as auditExport gives it out.
  { method: "GET", path: "/audit/events/e30.csv", allowed: TRAIL },
  { method: "GET", path: "/audit/chain", allowed: TRAIL },
];
