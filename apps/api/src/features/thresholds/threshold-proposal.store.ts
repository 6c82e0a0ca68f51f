import type {
  DatabaseClient,
  Prisma,
  ThresholdProposal,
  Tx,
} from "@lung-iris/prisma";

/** The only writer of `ThresholdProposal`. */

/** A proposal with the fingerprint of its model; null where it is of none. */
export type ProposalRow = ThresholdProposal & {
  modelVersion: { fingerprint: string; name: string } | null;
};

const withModel = {
  modelVersion: { select: { fingerprint: true, name: true } },
} as const;

/** Proposals within a scope, the newest first. */
export function listProposals(
  client: DatabaseClient,
  scope: Prisma.ThresholdProposalWhereInput,
  below: string | null,
  limit: number,
): Promise<ProposalRow[]> {
  return client.thresholdProposal.findMany({
    where: { AND: [scope, below === null ? {} : { id: { lt: below } }] },
    include: withModel,
    orderBy: { id: "desc" },
    take: limit,
  });
}

/** One within a scope, or null. */
export function findProposal(
  client: DatabaseClient | Tx,
  scope: Prisma.ThresholdProposalWhereInput,
  id: string,
): Promise<ProposalRow | null> {
  return client.thresholdProposal.findFirst({
    where: { AND: [scope, { id }] },
    include: withModel,
  });
}

/** An open one of the same thing, made from the same version; or null. */
export function findSame(
  tx: Tx,
  of: Pick<
    ThresholdProposal,
    "siteId" | "kind" | "modelVersionId" | "baseVersion" | "ageGroup"
  >,
): Promise<ThresholdProposal | null> {
  const { siteId, kind, modelVersionId, baseVersion, ageGroup } = of;
  return tx.thresholdProposal.findFirst({
    where: {
      siteId,
      kind,
      modelVersionId,
      baseVersion,
      ageGroup,
      state: "OPEN",
    },
  });
}

export function insertProposal(
  tx: Tx,
  data: Prisma.ThresholdProposalUncheckedCreateInput,
): Promise<ProposalRow> {
  return tx.thresholdProposal.create({ data, include: withModel });
}

/** Closes an open one, which is held by the policy's lock. */
export function closeProposal(
  tx: Tx,
  id: string,
  data: {
    state: "APPROVED" | "DECLINED" | "WITHDRAWN";
    closedById: string;
    closedByName: string;
    closedAt: Date;
    note?: string;
    madeVersion?: number;
  },
): Promise<ProposalRow> {
  return tx.thresholdProposal.update({
    where: { id },
    data,
    include: withModel,
  });
}
