import type { Messages } from "../../i18n/messages.ts";
import { routes } from "../../lib/routes.ts";

export interface NavigationItem {
  key: keyof Messages["shell"]["navigation"];
  path: string;
  /** Shown to people who have any of these. */
  anyOf: readonly string[];
}

const ITEMS: readonly NavigationItem[] = [
  { key: "worklist", path: routes.worklist(), anyOf: ["case:read"] },
  { key: "board", path: routes.board(), anyOf: ["board:read"] },
  {
    key: "critical",
    path: routes.critical(),
    anyOf: ["critical:communicate"],
  },
  {
    key: "procedures",
    path: routes.procedures(),
    anyOf: ["procedure:do", "procedure:edit"],
  },
  {
    key: "duplicates",
    path: routes.duplicates(),
    anyOf: ["patient:merge"],
  },
  { key: "upload", path: routes.upload(), anyOf: ["study:upload"] },
  { key: "audit", path: routes.audit(), anyOf: ["audit:read"] },
  { key: "export", path: routes.export(), anyOf: ["dataset:read"] },
  { key: "models", path: routes.models(), anyOf: ["model:read"] },
  { key: "agreement", path: routes.agreement(), anyOf: ["agreement:read"] },
  {
    key: "monitoring",
    path: routes.monitoring(),
    anyOf: ["monitoring:read"],
  },
  { key: "erasures", path: routes.erasures(), anyOf: ["erasure:read"] },
  { key: "policies", path: routes.policies(), anyOf: ["policy:edit"] },
  { key: "users", path: routes.users(), anyOf: ["user:manage", "user:read"] },
];

/** The pages somebody with these permissions can open, in menu order. */
export function navigationFor(
  permissions: readonly string[],
): NavigationItem[] {
  return ITEMS.filter((item) =>
    item.anyOf.some((permission) => permissions.includes(permission)),
  );
}

/** Pages that are reached from another one, and have no entry of their own. */
const WITHIN: Partial<Record<NavigationItem["key"], readonly string[]>> = {
  worklist: ["/cases"],
  models: [routes.training(), routes.thresholds()],
};

/** Whether a page belongs to a menu entry; cases belong to the worklist. */
export function isCurrent(item: NavigationItem, pathname: string): boolean {
  return [item.path, ...(WITHIN[item.key] ?? [])].some(
    (path) => pathname === path || pathname.startsWith(`${path}/`),
  );
}

/** A click on a menu entry, on the page where it was made. */
export interface Leaving {
  readonly from: string;
  readonly to: string;
}

/** Whether a menu entry was clicked whose page has not come yet. */
export function isOnItsWay(
  item: NavigationItem,
  leaving: Leaving | null,
  pathname: string,
): boolean {
  return (
    leaving?.to === item.path &&
    leaving.from === pathname &&
    pathname !== item.path
  );
}
