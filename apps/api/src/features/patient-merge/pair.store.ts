import type {
  DatabaseClient,
  PatientPair,
  Prisma,
  Tx,
} from "@lung-iris/prisma";

/** Writes what somebody said of two records; suggestions are written with patients. */

/** Whether somebody has said that two records are two people. */
export async function isDenied(tx: Tx, one: string, other: string) {
  const pair = await findPair(tx, one, other);
  return pair !== null && pair.notSameAt !== null;
}

export function findPair(
  tx: Tx,
  one: string,
  other: string,
): Promise<PatientPair | null> {
  return tx.patientPair.findUnique({
    where: { firstId_secondId: keyOf(one, other) },
  });
}

function keyOf(one: string, other: string) {
  const [firstId = one, secondId = other] = [one, other].sort();
  return { firstId, secondId };
}

/** Keeps that two records are two people, suggested or not. */
export function denyPair(
  tx: Tx,
  of: { id: string; siteId: string; one: string; other: string },
  said: { notSameAt: Date; notSameByName: string; notSameReason: string },
): Promise<PatientPair> {
  const { id, siteId, one, other } = of;
  const key = keyOf(one, other);
  return tx.patientPair.upsert({
    where: { firstId_secondId: key },
    create: { id, siteId, ...key, foundAt: said.notSameAt, ...said },
    update: said,
  });
}

/** Forgets that: the two are suggested again where they are still alike. */
export async function undenyPair(tx: Tx, id: string): Promise<PatientPair> {
  return tx.patientPair.update({
    where: { id },
    data: { notSameAt: null, notSameByName: null, notSameReason: null },
  });
}

/** Pairs, newest first; `isDenied`: those said to be two people. */
export function findPairs(
  client: DatabaseClient,
  scope: Prisma.PatientPairWhereInput,
  {
    isDenied: denied,
    before,
    take,
  }: {
    isDenied: boolean;
    before: string | null;
    take: number;
  },
): Promise<PatientPair[]> {
  return client.patientPair.findMany({
    where: {
      AND: [
        scope,
        { notSameAt: denied ? { not: null } : null },
        before === null ? {} : { id: { lt: before } },
      ],
    },
    orderBy: { id: "desc" },
    take,
  });
}
