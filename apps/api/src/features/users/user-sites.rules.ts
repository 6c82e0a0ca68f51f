import { visibleSiteIds } from "../../access/scope.ts";
import type { Viewer } from "../../access/viewer.ts";
import { BadInputError, NotFoundError } from "../../errors.ts";
import { isUuid } from "../../platform/ids.ts";
import type { UserWithSites } from "./user.store.ts";

/** Whether the viewer shares a site with the user. */
export function isVisible(viewer: Viewer, { sites }: UserWithSites): boolean {
  const visible = visibleSiteIds(viewer);
  return (
    visible === null || sites.some(({ siteId }) => visible.includes(siteId))
  );
}

/** A new user gets at least one site, and only sites of the viewer. */
export function ownSites(viewer: Viewer, siteIds: readonly string[]): string[] {
  if (siteIds.length === 0) {
    throw new BadInputError("Choose at least one site.", ["input.siteIds"]);
  }
  const visible = visibleSiteIds(viewer);
  const isForeign = siteIds.some(
    (id) => !isUuid(id) || (visible !== null && !visible.includes(id)),
  );
  if (isForeign) throw new NotFoundError("site");
  return [...new Set(siteIds)];
}

/** Memberships that the viewer cannot see stay as they are. */
export function keptSites(
  viewer: Viewer,
  before: UserWithSites,
  siteIds: readonly string[],
): string[] {
  const visible = visibleSiteIds(viewer);
  const hidden =
    visible === null
      ? []
      : before.sites
          .map(({ siteId }) => siteId)
          .filter((id) => !visible.includes(id));
  const chosen = siteIds.length === 0 ? [] : ownSites(viewer, siteIds);
  return ownOrHidden([...chosen, ...hidden]);
}

function ownOrHidden(siteIds: string[]): string[] {
  if (siteIds.length > 0) return siteIds;
  throw new BadInputError("Choose at least one site.", ["input.siteIds"]);
}
