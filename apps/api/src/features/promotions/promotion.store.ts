import type {
  BarsVersion,
  DatabaseClient,
  Judgement,
  JudgementResult,
  ModelVersion,
  Prisma,
  Promotion,
  Tx,
} from "@lung-iris/prisma";

/** The only writer of `Promotion`. */

/** A promotion with what it rests on. */
export type PromotionRow = Promotion & {
  candidate: ModelVersion;
  replaces: ModelVersion;
  judgement: Judgement & {
    bars: BarsVersion;
    candidate: ModelVersion;
    live: ModelVersion;
    result: JudgementResult | null;
  };
};

const include = {
  candidate: true,
  replaces: true,
  judgement: {
    include: { bars: true, candidate: true, live: true, result: true },
  },
};

export function insertPromotion(
  tx: Tx,
  data: Prisma.PromotionUncheckedCreateInput,
): Promise<PromotionRow> {
  return tx.promotion.create({ data, include });
}

/** Writes the decision, or that it was taken back; the database lets each once. */
export function updatePromotion(
  tx: Tx,
  id: string,
  data: Prisma.PromotionUncheckedUpdateInput,
): Promise<PromotionRow> {
  return tx.promotion.update({ where: { id }, data, include });
}

/** Reads a promotion and holds it until the transaction ends. */
export async function lockPromotion(
  tx: Tx,
  scope: Prisma.PromotionWhereInput,
  id: string,
): Promise<PromotionRow | null> {
  await tx.$queryRaw`SELECT 1 FROM "Promotion" WHERE "id" = ${id}::uuid FOR UPDATE`;
  return tx.promotion.findFirst({ where: { AND: [scope, { id }] }, include });
}

/** The proposal of a site that waits, or null. */
export function openProposal(
  tx: Tx,
  siteId: string,
): Promise<Promotion | null> {
  return tx.promotion.findFirst({ where: { siteId, state: "PROPOSED" } });
}

/** The site's promotion that was approved last, of those that hold. */
export function lastApproved(
  tx: Tx,
  siteId: string,
): Promise<Promotion | null> {
  return tx.promotion.findFirst({
    where: { siteId, state: "APPROVED" },
    orderBy: { decidedAt: "desc" },
  });
}

/** The newest approved promotion of each site that holds, if it is so young. */
export async function youngPromotions(
  client: DatabaseClient,
  since: Date,
): Promise<PromotionRow[]> {
  const rows = await client.promotion.findMany({
    where: { state: "APPROVED", decidedAt: { gt: since } },
    orderBy: [{ siteId: "asc" }, { decidedAt: "desc" }],
    include,
  });
  return rows.filter(({ siteId }, at) => rows[at - 1]?.siteId !== siteId);
}

/** Newest first; ids are of version 7. */
export function listPromotions(
  client: DatabaseClient,
  scope: Prisma.PromotionWhereInput,
  before: string | null,
  take: number,
): Promise<PromotionRow[]> {
  return client.promotion.findMany({
    where: { AND: [scope, before === null ? {} : { id: { lt: before } }] },
    orderBy: { id: "desc" },
    take,
    include,
  });
}
