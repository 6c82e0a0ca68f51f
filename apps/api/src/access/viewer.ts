import type { ReaderGrade, Role } from "@lung-iris/prisma";
import { PERMISSIONS } from "./permissions.ts";
import type { Permission } from "./permissions.ts";
import { ROLE_PERMISSIONS } from "./roles.ts";

/** Where a request came from, for the audit trail. */
export interface Origin {
  /** Client address as the nearest trusted proxy saw it; null for jobs. */
  address: string | null;
  userAgent: string | null;
  requestId: string;
}

/** Somebody signed in. */
export interface UserViewer {
  readonly kind: "user";
  readonly userId: string;
  readonly sessionId: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  /** A change of it ends the sessions, as one of the role does. */
  readonly grade: ReaderGrade;
  readonly siteIds: readonly string[];
  readonly permissions: ReadonlySet<Permission>;
  readonly sessionExpiresAt: Date;
  /** Until when signatures are taken; the person proved to be there before. */
  readonly signsUntil: Date | null;
  /** Came in with a password, not through an identity provider. */
  readonly isByPassword: boolean;
  /** An admin set the password: nothing else is allowed until it is changed. */
  readonly mustChangePassword: boolean;
  readonly origin: Origin;
}

/** The product itself: jobs, the launcher, commands at the terminal. */
export interface SystemViewer {
  readonly kind: "system";
  /** Which part acts, for example "triage-worker". */
  readonly name: string;
  readonly permissions: ReadonlySet<Permission>;
  readonly origin: Origin;
}

/** Nobody yet. */
export interface AnonymousViewer {
  readonly kind: "anonymous";
  readonly origin: Origin;
}

export type Viewer = UserViewer | SystemViewer | AnonymousViewer;

export interface UserFacts {
  userId: string;
  sessionId: string;
  name: string;
  email: string;
  role: Role;
  /** A senior's where it is left out. */
  grade?: ReaderGrade;
  siteIds: readonly string[];
  sessionExpiresAt: Date;
  signsUntil?: Date | null;
  isByPassword?: boolean;
  mustChangePassword?: boolean;
}

export function userViewer(user: UserFacts, origin: Origin): UserViewer {
  const { mustChangePassword = false } = user;
  return {
    kind: "user",
    ...user,
    grade: user.grade ?? "SENIOR",
    signsUntil: user.signsUntil ?? null,
    isByPassword: user.isByPassword ?? true,
    mustChangePassword,
    permissions: new Set(mustChangePassword ? [] : ROLE_PERMISSIONS[user.role]),
    origin,
  };
}

/**
 * Acts with every permission at every site; its events carry the actor
 * SYSTEM. For code that no user asked for, never on behalf of one.
 */
export function systemViewer(name: string, requestId: string): SystemViewer {
  return {
    kind: "system",
    name,
    // Object.keys widens to string; the catalogue's keys are the permissions.
    permissions: new Set(Object.keys(PERMISSIONS) as Permission[]),
    origin: { address: null, userAgent: null, requestId },
  };
}

export function anonymousViewer(origin: Origin): AnonymousViewer {
  return { kind: "anonymous", origin };
}
