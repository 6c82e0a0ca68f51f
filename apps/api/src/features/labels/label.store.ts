import type { CaseLabel, Prisma, Tx } from "@lung-iris/prisma";
import type { DecidedLabel, SignedReading } from "./label.rules.ts";

/** The only writer of `CaseLabel`; in the transaction that holds the case. */

/** What was signed of a case, each reading with its versions, newest first. */
export async function signedReadings(
  tx: Tx,
  caseId: string,
): Promise<SignedReading[]> {
  const readings = await tx.reading.findMany({
    where: { caseId, state: "SIGNED" },
    include: { versions: { orderBy: { version: "desc" } } },
  });
  return readings.filter(({ versions }) => versions.length > 0);
}

/** The label that counts, or null. */
export function currentLabel(
  tx: Tx,
  caseId: string,
): Promise<CaseLabel | null> {
  return tx.caseLabel.findFirst({ where: { caseId, until: null } });
}

/** The label that counts ends; nothing follows by itself. */
export async function endLabel(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.caseLabel.update({ where: { id }, data: { until: at } });
}

/** Begins the case's next label. */
export async function insertLabel(
  tx: Tx,
  of: { id: string; siteId: string; caseId: string; since: Date },
  label: DecidedLabel,
): Promise<void> {
  const { caseId } = of;
  const last = await tx.caseLabel.aggregate({
    where: { caseId },
    _max: { version: true },
  });
  const regions: Prisma.InputJsonValue = label.regions.map((region) => ({
    ...region,
  }));
  await tx.caseLabel.create({
    data: {
      ...of,
      ...label,
      regions,
      version: (last._max.version ?? 0) + 1,
    },
  });
}
