import type {
  CaseComment,
  CaseCommentVersion,
  DatabaseClient,
  Prisma,
  Tx,
} from "@lung-iris/prisma";

/** The only writer of `CaseComment` and `CaseCommentVersion`: it only adds. */

/** A comment with its versions, the newest first. */
export type CommentRow = CaseComment & { versions: CaseCommentVersion[] };

const withVersions = {
  versions: { orderBy: { number: "desc" } },
} satisfies Prisma.CaseCommentInclude;

/** Comments of some cases within a scope, each case's oldest first. */
export function listComments(
  client: DatabaseClient,
  scope: Prisma.CaseCommentWhereInput,
  caseIds: readonly string[],
): Promise<CommentRow[]> {
  return client.caseComment.findMany({
    where: { AND: [scope, { caseId: { in: [...caseIds] } }] },
    orderBy: [{ caseId: "asc" }, { id: "asc" }],
    include: withVersions,
  });
}

export function findComment(
  client: DatabaseClient | Tx,
  scope: Prisma.CaseCommentWhereInput,
  id: string,
): Promise<CommentRow | null> {
  return client.caseComment.findFirst({
    where: { AND: [scope, { id }] },
    include: withVersions,
  });
}

export function countComments(tx: Tx, caseId: string): Promise<number> {
  return tx.caseComment.count({ where: { caseId } });
}

/** Adds a comment with its first version, or a version to one. */
export async function insertVersion(
  tx: Tx,
  comment: Omit<CaseComment, "createdAt">,
  version: Omit<CaseCommentVersion, "commentId" | "siteId" | "caseId">,
): Promise<CommentRow> {
  const { id, siteId, caseId } = comment;
  if (version.number === 1)
    await tx.caseComment.create({
      data: { ...comment, createdAt: version.createdAt },
    });
  await tx.caseCommentVersion.create({
    data: { ...version, siteId, caseId, commentId: id },
  });
  return tx.caseComment.findUniqueOrThrow({
    where: { id },
    include: withVersions,
  });
}
