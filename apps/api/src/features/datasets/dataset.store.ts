import type { Dataset, DatabaseClient, Tx } from "@lung-iris/prisma";
import { Prisma } from "@lung-iris/prisma";
import {
  casesOf,
  type DatasetCounts,
  type StoredDatasetFilter,
} from "./dataset-filter.ts";
import { EXPORT_INCLUDE, type ExportCase } from "./dataset-rows.ts";

/** How many cases and films a filter takes. */
export async function countCases(
  client: DatabaseClient | Tx,
  filter: StoredDatasetFilter,
  until: Date,
): Promise<DatasetCounts> {
  const where = casesOf(filter, until);
  const [groups, films] = await Promise.all([
    client.case.groupBy({
      by: ["decidedLabel", "agreesWithAi"],
      where,
      _count: true,
    }),
    client.image.count({ where: { study: { case: where } } }),
  ]);
  const sum = (accepts: (group: (typeof groups)[number]) => boolean) =>
    groups.filter(accepts).reduce((total, group) => total + group._count, 0);
  return {
    cases: sum(() => true),
    films,
    normal: sum(({ decidedLabel }) => decidedLabel === "NORMAL"),
    pneumonia: sum(({ decidedLabel }) => decidedLabel === "PNEUMONIA"),
    other: sum(({ decidedLabel }) => decidedLabel === "OTHER"),
    agreed: sum(({ agreesWithAi }) => agreesWithAi === true),
    overridden: sum(({ agreesWithAi }) => agreesWithAi === false),
  };
}

/** Cases in memory at a time; films are read one by one. */
const PAGE = 100;

/** The cases of an export, page by page in the order of their ids. */
export async function* readCases(
  client: DatabaseClient,
  filter: StoredDatasetFilter,
  until: Date,
): AsyncGenerator<ExportCase> {
  let after: string | null = null;
  for (;;) {
    const page: ExportCase[] = await client.case.findMany({
      where: {
        AND: [
          casesOf(filter, until),
          after === null ? {} : { id: { gt: after } },
        ],
      },
      orderBy: { id: "asc" },
      take: PAGE,
      include: EXPORT_INCLUDE,
    });
    yield* page;
    const last = page.at(-1);
    if (!last || page.length < PAGE) return;
    after = last.id;
  }
}

/** Newest first; ids are of version 7, so later made is larger. */
export function findDatasets(
  client: DatabaseClient,
  scope: Prisma.DatasetWhereInput,
  before: string | null,
  take: number,
): Promise<Dataset[]> {
  return client.dataset.findMany({
    where: { AND: [scope, before === null ? {} : { id: { lt: before } }] },
    orderBy: { id: "desc" },
    take,
  });
}
