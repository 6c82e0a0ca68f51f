import type {
  BarsVersion,
  DatabaseClient,
  Judgement,
  JudgementResult,
  ModelVersion,
  Prisma,
  Tx,
} from "@lung-iris/prisma";
import type { JudgementDocument } from "./judgement-document.ts";

/** The only writer of `Judgement` and `JudgementResult`; nothing changes them. */

/** A judgement with all that is shown beside it. */
export type JudgementRow = Judgement & {
  bars: BarsVersion;
  candidate: ModelVersion;
  live: ModelVersion;
  result: JudgementResult | null;
};

const include = { bars: true, candidate: true, live: true, result: true };

export function insertJudgement(
  tx: Tx,
  data: Judgement,
): Promise<JudgementRow> {
  return tx.judgement.create({ data, include });
}

export function findJudgement(
  client: DatabaseClient | Tx,
  where: Prisma.JudgementWhereInput,
): Promise<JudgementRow | null> {
  return client.judgement.findFirst({ where, include });
}

/** Newest first; ids are of version 7. */
export function listJudgements(
  client: DatabaseClient,
  scope: Prisma.JudgementWhereInput,
  before: string | null,
  take: number,
): Promise<JudgementRow[]> {
  return client.judgement.findMany({
    where: { AND: [scope, before === null ? {} : { id: { lt: before } }] },
    orderBy: { id: "desc" },
    take,
    include,
  });
}

/** False where a try before has written one. */
export async function insertResult(
  tx: Tx,
  row: Omit<JudgementResult, "document"> & { document: JudgementDocument },
): Promise<boolean> {
  const { count } = await tx.judgementResult.createMany({
    data: row,
    skipDuplicates: true,
  });
  return count > 0;
}
