import type {
  DatabaseClient,
  Prediction,
  Prisma,
  Review,
  Tx,
} from "@lung-iris/prisma";

/** The films of a study with what the newest prediction of each says. */
export async function filmsOfStudy(tx: Tx, studyId: string) {
  return tx.image.findMany({
    where: { studyId },
    select: {
      id: true,
      width: true,
      height: true,
      predictions: {
        orderBy: [{ createdAt: "desc" }, { id: "desc" }],
        take: 1,
        omit: { cam: true, boxes: true, findings: true },
      },
    },
  });
}

export type Film = Awaited<ReturnType<typeof filmsOfStudy>>[number];
export type PredictionFacts = Omit<Prediction, "cam" | "boxes" | "findings">;

/** The newest version of the case's review at a stage, or null. */
export function newestReview(
  tx: Tx,
  caseId: string,
  stage: Review["stage"],
): Promise<Review | null> {
  return tx.review.findFirst({
    where: { caseId, stage },
    orderBy: { version: "desc" },
  });
}

export function findReview(
  client: DatabaseClient | Tx,
  scope: Prisma.ReviewWhereInput,
  id: string,
): Promise<Review | null> {
  return client.review.findFirst({ where: { AND: [scope, { id }] } });
}

/** A prediction's few facts, whatever films came later. */
export function predictionFacts(
  tx: Tx,
  id: string,
): Promise<PredictionFacts | null> {
  return tx.prediction.findUnique({
    where: { id },
    omit: { cam: true, boxes: true, findings: true },
  });
}
