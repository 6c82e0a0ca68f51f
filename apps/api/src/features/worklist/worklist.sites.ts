import type { DatabaseClient } from "@lung-iris/prisma";
import { visibleSiteIds } from "../../access/scope.ts";
import type { Viewer } from "../../access/viewer.ts";
import { ceilingOf } from "../policies/policy-document.ts";
import type { SitePolicies } from "../policies/site-policies.ts";
import { URGENCIES } from "../worklist-query/worklist.buckets.ts";

/** Sites to look at; one that the viewer may not see has no cases. */
export async function listedSites(
  client: DatabaseClient,
  viewer: Viewer,
  siteId: string | null | undefined,
): Promise<string[]> {
  const visible = visibleSiteIds(viewer);
  const all =
    visible ??
    (await client.site.findMany({ select: { id: true } })).map(({ id }) => id);
  return siteId === null || siteId === undefined
    ? [...all]
    : all.filter((id) => id === siteId);
}

/** The sites in the order of their names. */
export async function sitesByName(
  client: DatabaseClient,
  siteIds: readonly string[],
): Promise<string[]> {
  const rows = await client.site.findMany({
    where: { id: { in: [...siteIds] } },
    select: { id: true },
    orderBy: [{ name: "asc" }, { id: "asc" }],
  });
  return rows.map(({ id }) => id);
}

/** Arrivals up to when wait too long at each site, the sickest first. */
export async function overdueArrivals(
  policies: SitePolicies,
  siteIds: readonly string[],
  asOf: Date,
): Promise<Map<string, Date[]>> {
  const pairs = siteIds.map(async (id) => {
    const { document } = await policies.current(id);
    const until = URGENCIES.map(
      (urgency) =>
        new Date(asOf.getTime() - ceilingOf(document, urgency) * 60_000),
    );
    return [id, until] as const;
  });
  return new Map(await Promise.all(pairs));
}
