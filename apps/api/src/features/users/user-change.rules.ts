import { visibleSiteIds } from "../../access/scope.ts";
import type { Viewer } from "../../access/viewer.ts";
import { ForbiddenError } from "../../errors.ts";
import type { UpdateUserRequest } from "./user.service.ts";
import type { UserRow } from "./user.row.ts";
import type { UserWithSites } from "./user.store.ts";

/** Whether a request says anything of a field. */
export function given<T>(value: T | null | undefined): value is T {
  return value !== null && value !== undefined;
}

/**
 * Role, grade, password and place count at every site of the user: with a new
 * password an admin of one hospital could sign in at another.
 */
export function assertOwnToChange(
  viewer: Viewer,
  user: UserWithSites,
  { role, grade, password, isActive }: UpdateUserRequest,
): void {
  if (![role, grade, password, isActive].some(given)) return;
  const visible = visibleSiteIds(viewer);
  if (visible === null) return;
  if (user.sites.every(({ siteId }) => visible.includes(siteId))) return;
  throw new ForbiddenError(
    "This user belongs to other sites as well, where role, grade and password count too. Ask an admin of all of them.",
  );
}

/** One's own password is changed with the one so far, by everybody. */
export function assertOthersPassword(
  viewer: Viewer,
  user: UserRow,
  { password }: UpdateUserRequest,
): void {
  if (!given(password)) return;
  if (viewer.kind === "user" && viewer.userId === user.id)
    throw new ForbiddenError(
      "Change your own password on your profile page, with the one so far.",
    );
  if (user.isDemo)
    throw new ForbiddenError(
      "The password of a demo user is published and stays as it is.",
    );
}

/** Whether a change ends the user's sessions. */
export function rightsDiffer(
  before: UserWithSites,
  after: UserWithSites,
): boolean {
  const key = (user: UserWithSites): string =>
    [user.role, user.grade, user.isActive, ...siteIdsOf(user)].join(" ");
  return key(before) !== key(after);
}

/** The user's sites in an order of their own. */
export function siteIdsOf({ sites }: UserWithSites): string[] {
  return sites.map(({ siteId }) => siteId).sort();
}
