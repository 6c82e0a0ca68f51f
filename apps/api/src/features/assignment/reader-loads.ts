import type { DatabaseClient, Prisma, Tx } from "@lung-iris/prisma";

/** What a reader has to do. */
export interface Load {
  /** Waiting cases that were given to him. */
  waiting: number;
  /** Cases that he holds now, for a first or a further reading. */
  reading: number;
}

/** What some readers have to do, of the cases in a scope. */
export async function countLoads(
  client: DatabaseClient | Tx,
  scope: Prisma.CaseWhereInput,
  userIds: readonly string[],
): Promise<ReadonlyMap<string, Load>> {
  const ids = [...userIds];
  const [waiting, reading, further] = await Promise.all([
    client.case.groupBy({
      by: ["assigneeId"],
      where: { AND: [scope, { assigneeId: { in: ids }, state: "WAITING" }] },
      _count: true,
    }),
    client.case.groupBy({
      by: ["claimedById"],
      where: { AND: [scope, { claimedById: { in: ids }, state: "READING" }] },
      _count: true,
    }),
    client.case.groupBy({
      by: ["secondReaderId"],
      where: { AND: [scope, { secondReaderId: { in: ids } }] },
      _count: true,
    }),
  ]);
  const loads = new Map<string, Load>(
    ids.map((id) => [id, { waiting: 0, reading: 0 }]),
  );
  for (const { assigneeId, _count } of waiting) {
    const load = loads.get(assigneeId ?? "");
    if (load) load.waiting += _count;
  }
  for (const { claimedById, _count } of reading) {
    const load = loads.get(claimedById ?? "");
    if (load) load.reading += _count;
  }
  for (const { secondReaderId, _count } of further) {
    const load = loads.get(secondReaderId ?? "");
    if (load) load.reading += _count;
  }
  return loads;
}
