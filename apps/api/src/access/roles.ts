import type { Role } from "@lung-iris/prisma";
import type { Permission } from "./permissions.ts";

/** The whole policy on one screen. */
export const ROLE_PERMISSIONS: Readonly<Record<Role, readonly Permission[]>> = {
  STAFF: [
    "case:read",
    "board:read",
    "case:assign",
    "case:reassess",
    "second-read:request",
    "critical:communicate",
    "report:export",
    "case:end-retake",
    "study:upload",
    "study:edit",
    "image:read",
    "patient:read",
    "model:read",
    "policy:read",
  ],
  RADIOLOGIST: [
    "case:read",
    "board:read",
    "case:claim",
    "case:assign",
    "case:reassess",
    "second-read:request",
    "case:take-over",
    "case:end-retake",
    "reading:sign",
    "reading:amend",
    "reading:issue-preliminary",
    "macro:read",
    "macro:own",
    "critical:mark",
    "critical:communicate",
    "report:export",
    "study:upload",
    "study:edit",
    "study:edit-signed",
    "image:read",
    "patient:read",
    "model:read",
    "policy:read",
  ],
  ADMIN: [
    "case:read",
    "board:read",
    "case:reassess",
    "second-read:request",
    "macro:read",
    "macro:manage",
    "report:export",
    "image:read",
    "patient:read",
    "user:read",
    "user:manage",
    "agreement:read",
    "audit:read",
    "audit:verify",
    "audit:export",
    "dataset:read",
    "dataset:create",
    "learning:withdraw",
    "model:read",
    "policy:read",
    "model:manage",
    "policy:edit",
  ],
  AUDITOR: ["audit:read", "audit:verify", "audit:export"],
};

/** Roles whose holders may be given a case to read. */
export const READER_ROLES: readonly Role[] = ["RADIOLOGIST"];

/** Roles whose holders may be told of a critical result in the page. */
export const TOLD_ROLES: readonly Role[] = ["STAFF", "RADIOLOGIST"];
