import type { DatabaseClient } from "@lung-iris/prisma";
import DataLoader from "dataloader";
import type { SitePolicies, SitePolicy } from "./site-policies.ts";

export function policyLoaders(client: DatabaseClient, policies: SitePolicies) {
  return {
    /**
     * The policy that placed the case of a film: what is shown of its
     * predictions is judged as its place was. Reached through a film that the
     * viewer sees, so it starts from no scope of its own.
     */
    policyOfImage: new DataLoader<string, SitePolicy>(async (imageIds) => {
      const rows = await client.image.findMany({
        where: { id: { in: [...imageIds] } },
        select: {
          id: true,
          siteId: true,
          study: { select: { case: { select: { policyVersion: true } } } },
        },
      });
      const byId = new Map(rows.map((row) => [row.id, row]));
      return Promise.all(
        imageIds.map(async (id) => {
          const row = byId.get(id);
          if (row === undefined) throw new Error("a film is gone");
          const version = row.study.case?.policyVersion;
          return version === undefined
            ? policies.current(row.siteId)
            : policies.at(row.siteId, version);
        }),
      );
    }),
  };
}
