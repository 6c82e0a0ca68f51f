import type { DatabaseClient, ReaderPool } from "@lung-iris/prisma";
import DataLoader from "dataloader";
import { visibleCases, visiblePools } from "../../access/scope.ts";
import type { Viewer } from "../../access/viewer.ts";
import { rowsById } from "../../platform/loader.ts";

export function poolLoaders(client: DatabaseClient, viewer: Viewer) {
  return {
    /** Also closed ones: a case names what it was given to. */
    pools: rowsById<ReaderPool>((ids) =>
      client.readerPool.findMany({
        where: { AND: [visiblePools(viewer), { id: { in: ids } }] },
      }),
    ),
    /** How many cases wait for a pool and for nobody of it. */
    waitingForPool: new DataLoader<string, number>(async (ids) => {
      const groups = await client.case.groupBy({
        by: ["poolId"],
        where: {
          AND: [
            visibleCases(viewer),
            { poolId: { in: [...ids] }, assigneeId: null, state: "WAITING" },
          ],
        },
        _count: true,
      });
      const counts = new Map(
        groups.map(({ poolId, _count }) => [poolId, _count]),
      );
      return ids.map((id) => counts.get(id) ?? 0);
    }),
  };
}
