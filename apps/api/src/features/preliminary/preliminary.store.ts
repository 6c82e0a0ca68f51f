import type {
  DatabaseClient,
  PreliminaryReport,
  Prisma,
  Tx,
} from "@lung-iris/prisma";

import { visiblePreliminaryReports } from "../../access/scope.ts";
import type { Viewer } from "../../access/viewer.ts";
import { openToReader } from "../blindness/second-read.reads.ts";

/** The only writer of `PreliminaryReport`. */

/** Reports that the viewer may see: others' not where he could read further. */
export function shownPreliminaries(
  viewer: Viewer,
): Prisma.PreliminaryReportWhereInput {
  const visible = visiblePreliminaryReports(viewer);
  const open = openToReader(viewer);
  if (open === null) return visible;
  const { readerId, unkept } = open;
  return { AND: [visible, { OR: [{ readerId }, { case: unkept }] }] };
}

/** Adds the case's next one. The caller holds the case's lock. */
export async function insertPreliminary(
  tx: Tx,
  data: Omit<Prisma.PreliminaryReportUncheckedCreateInput, "number">,
): Promise<PreliminaryReport> {
  const { _max: newest } = await tx.preliminaryReport.aggregate({
    where: { caseId: data.caseId },
    _max: { number: true },
  });
  const number = (newest.number ?? 0) + 1;
  return tx.preliminaryReport.create({ data: { ...data, number } });
}

/** One within a scope with who gave it out; null without. */
export function findPreliminary(
  client: DatabaseClient,
  scope: Prisma.PreliminaryReportWhereInput,
  id: string,
) {
  return client.preliminaryReport.findFirst({
    where: { AND: [scope, { id }] },
    include: { reading: { select: { reader: { select: { name: true } } } } },
  });
}
