import {
  AppError,
  ForbiddenError,
  NotFoundError,
  UnauthenticatedError,
} from "../errors.ts";
import { PERMISSIONS } from "./permissions.ts";
import type { Permission } from "./permissions.ts";
import type { SystemViewer, UserViewer, Viewer } from "./viewer.ts";

/** What the permission is asked for: a row of a site, named for the message. */
export interface Subject {
  /** The noun as the user knows it: "case", "film". */
  what: string;
  siteId: string;
}

/** Whether the viewer holds the permission, at the subject's site if given. */
export function can(
  viewer: Viewer,
  permission: Permission,
  siteId?: string,
): boolean {
  if (viewer.kind === "anonymous" || !viewer.permissions.has(permission))
    return false;
  if (siteId === undefined || viewer.kind === "system") return true;
  return viewer.siteIds.includes(siteId);
}

/**
 * Opens every service method. A row of another site is refused as if it did
 * not exist, so that nobody can probe for what they may not see.
 *
 * @throws UnauthenticatedError, ForbiddenError or NotFoundError.
 */
export function assertCan(
  viewer: Viewer,
  permission: Permission,
  subject?: Subject,
): asserts viewer is UserViewer | SystemViewer {
  if (viewer.kind === "anonymous") throw new UnauthenticatedError();
  assertOwnPassword(viewer);
  if (!can(viewer, permission)) {
    throw new ForbiddenError(
      `Your role does not allow you to ${PERMISSIONS[permission]}.`,
      permission,
    );
  }
  if (subject !== undefined && !can(viewer, permission, subject.siteId))
    throw new NotFoundError(subject.what, subject.siteId);
}

/**
 * Whoever came in with an admin's password may only replace it: until then
 * two people know it.
 */
export function assertOwnPassword(viewer: Viewer): void {
  if (viewer.kind === "user" && viewer.mustChangePassword)
    throw new AppError(
      "PASSWORD_CHANGE_REQUIRED",
      "Choose a password of your own first: an admin knows this one.",
    );
}

/** For operations that every signed-in user has, such as signing out. */
export function assertUser(viewer: Viewer): asserts viewer is UserViewer {
  if (viewer.kind !== "user") throw new UnauthenticatedError();
}

/**
 * The same for operations that record a person's act: a permission that the
 * system holds too does not let it sign or claim.
 */
export function assertUserCan(
  viewer: Viewer,
  permission: Permission,
  subject?: Subject,
): asserts viewer is UserViewer {
  assertCan(viewer, permission, subject);
  if (viewer.kind !== "user")
    throw new ForbiddenError(
      `Only a person may ${PERMISSIONS[permission]}; ${viewer.name} is not one.`,
      permission,
    );
}
