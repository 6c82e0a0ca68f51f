import { assertCan } from "../../access/authorize.ts";
import { visibleSiteIds } from "../../access/scope.ts";
import type { Viewer } from "../../access/viewer.ts";
import type { NotificationHub } from "../../platform/notification-hub.ts";
import type { CaseNotice, Notice } from "../../platform/notifications.ts";

/**
 * News of the cases that the viewer may see, of one site or of all. Asserts
 * by itself: a subscription's middleware runs for its events only.
 */
export function newsOfCases(
  viewer: Viewer,
  notifications: NotificationHub,
  siteId: string | null | undefined,
): AsyncIterableIterator<CaseNotice> {
  assertCan(viewer, "case:read");
  const visible = visibleSiteIds(viewer);
  const isVisible = (id: string): boolean =>
    (visible === null || visible.includes(id)) &&
    (siteId === null || siteId === undefined || siteId === id);
  return notifications.subscribe(
    (notice: Notice): notice is CaseNotice =>
      notice.topic === "case" && isVisible(notice.siteId),
  );
}
