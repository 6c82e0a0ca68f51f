import type { ModelRole, PredictionRole } from "@lung-iris/prisma";

/** A role that has not ended. */
export type CurrentRole = Pick<ModelRole, "siteId" | "modelVersionId" | "role">;

/** Which models look at the films of a site. */
export interface RolesAt {
  /** Null: no model is live, so films wait. */
  live: string | null;
  shadows: string[];
}

/**
 * The models of a site: its own live model, else the desk's, and whatever
 * runs as a shadow here or everywhere. A live model is no shadow beside.
 */
export function rolesAt(
  siteId: string,
  current: readonly CurrentRole[],
): RolesAt {
  const here = current.filter((row) => row.siteId === siteId);
  const everywhere = current.filter((row) => row.siteId === null);
  const live = liveOf(here) ?? liveOf(everywhere);
  const shadows = [...here, ...everywhere]
    .filter(({ role, modelVersionId }) => {
      return role === "SHADOW" && modelVersionId !== live;
    })
    .map(({ modelVersionId }) => modelVersionId);
  return { live, shadows: [...new Set(shadows)] };
}

/** What the model's word counts for at the site; null where it is not asked. */
export function roleAt(
  siteId: string,
  modelVersionId: string,
  current: readonly CurrentRole[],
): PredictionRole | null {
  const { live, shadows } = rolesAt(siteId, current);
  if (modelVersionId === live) return "LIVE";
  return shadows.includes(modelVersionId) ? "SHADOW" : null;
}

function liveOf(rows: readonly CurrentRole[]): string | null {
  return rows.find(({ role }) => role === "LIVE")?.modelVersionId ?? null;
}
