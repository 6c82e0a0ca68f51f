import { assertCan } from "../../access/authorize.ts";
import { visibleSiteIds } from "../../access/scope.ts";
import type { Viewer } from "../../access/viewer.ts";
import type { NotificationHub } from "../../platform/notification-hub.ts";
import type { AlarmNotice, Notice } from "../../platform/notifications.ts";

/**
 * News of a site's alarms, if the viewer may see it. Asserts by itself: a
 * subscription's middleware runs for its events only.
 */
export function newsOfAlarms(
  viewer: Viewer,
  notifications: NotificationHub,
  siteId: string,
): AsyncIterableIterator<AlarmNotice> {
  assertCan(viewer, "monitoring:read");
  const visible = visibleSiteIds(viewer);
  return notifications.subscribe(
    (notice: Notice): notice is AlarmNotice =>
      notice.topic === "alarm" &&
      notice.siteId === siteId &&
      (visible === null || visible.includes(notice.siteId)),
  );
}
