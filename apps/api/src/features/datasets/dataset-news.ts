import { assertCan } from "../../access/authorize.ts";
import { visibleSiteIds } from "../../access/scope.ts";
import type { Viewer } from "../../access/viewer.ts";
import type { NotificationHub } from "../../platform/notification-hub.ts";
import type { DatasetNotice, Notice } from "../../platform/notifications.ts";

/**
 * News of one export, if the viewer may see its site. Asserts by itself: a
 * subscription's middleware runs for its events only.
 */
export function newsOfDataset(
  viewer: Viewer,
  notifications: NotificationHub,
  id: string,
): AsyncIterableIterator<DatasetNotice> {
  assertCan(viewer, "dataset:read");
  const visible = visibleSiteIds(viewer);
  return notifications.subscribe(
    (notice: Notice): notice is DatasetNotice =>
      notice.topic === "dataset" &&
      notice.datasetId === id &&
      (visible === null || visible.includes(notice.siteId)),
  );
}
