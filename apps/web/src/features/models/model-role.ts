import type { Model } from "./use-models.ts";

/** What an admin may do with a model's role on the whole desk. */
export const ROLE_ACTIONS = ["promote", "shadow", "retire"] as const;
export type RoleAction = (typeof ROLE_ACTIONS)[number];

type ModelRoles = Pick<Model, "roles">;

/** The model's role at every site; null where it has none. */
export function deskRole({ roles }: ModelRoles): "LIVE" | "SHADOW" | null {
  const current = roles.find(({ siteId, until }) => !siteId && !until);
  return current?.role ?? null;
}

/** Whether it looks at films beside the live model, anywhere. */
export function runsAsShadow({ roles }: ModelRoles): boolean {
  return roles.some(({ role, until }) => role === "SHADOW" && !until);
}

/**
 * What can be done with it: the live model ends only by the next one, so
 * there is nothing to do with it itself.
 */
export function roleActions(model: ModelRoles): readonly RoleAction[] {
  switch (deskRole(model)) {
    case "LIVE":
      return [];
    case "SHADOW":
      return ["promote", "retire"];
    case null:
      return ["promote", "shadow"];
  }
}
