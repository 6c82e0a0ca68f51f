import type { Model } from "./use-models.ts";

/** What an admin may do with a candidate at one site. */
export const ROLE_ACTIONS = ["judge", "startShadow", "endShadow"] as const;
export type RoleAction = (typeof ROLE_ACTIONS)[number];

type ModelRoles = Pick<Model, "roles">;

/** The model's role at the site: its own there, or the desk's. */
export function roleAtSite(
  { roles }: ModelRoles,
  site: string,
): "LIVE" | "SHADOW" | null {
  const current = roles.filter(({ until }) => !until);
  const own = current.find(({ siteId }) => siteId === site);
  return (own ?? current.find(({ siteId }) => !siteId))?.role ?? null;
}

/** The model that new films of the site go to: its own, or the desk's. */
export function liveModelAt<Named extends ModelRoles>(
  models: readonly Named[],
  site: string,
): Named | null {
  const liveFor = (wanted: string | null) =>
    models.find(({ roles }) =>
      roles.some(
        ({ role, siteId, until }) =>
          role === "LIVE" && !until && (siteId ?? null) === wanted,
      ),
    );
  return liveFor(site) ?? liveFor(null) ?? null;
}

/** Whether it ever looked along at the site, or everywhere. */
export function wasShadowAt({ roles }: ModelRoles, site: string): boolean {
  return roles.some(
    ({ role, siteId }) => role === "SHADOW" && (!siteId || siteId === site),
  );
}

/** Whether it looks at films beside the live model, anywhere. */
export function runsAsShadow({ roles }: ModelRoles): boolean {
  return roles.some(({ role, until }) => role === "SHADOW" && !until);
}

/** The live model ends only by the next one: nothing is done with it itself. */
export function roleActions(
  model: ModelRoles,
  site: string,
): readonly RoleAction[] {
  switch (roleAtSite(model, site)) {
    case "LIVE":
      return [];
    case "SHADOW":
      return ["judge", "endShadow"];
    case null:
      return ["judge", "startShadow"];
  }
}
