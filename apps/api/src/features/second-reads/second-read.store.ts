import type { Case, Tx } from "@lung-iris/prisma";
import { Prisma } from "@lung-iris/prisma";
import { cannotReadFurther } from "../blindness/second-read.reads.ts";

/**
 * The first of some cases, in the order given, that waits for a further
 * reader and may be read so by this one, locked. Those that somebody else is just claiming are skipped.
 */
export async function lockFirstDue(
  tx: Tx,
  ids: readonly string[],
  readerId: string,
): Promise<Case | null> {
  if (ids.length === 0) return null;
  const [due] = await tx.$queryRaw<{ id: string }[]>(Prisma.sql`
    SELECT c."id"::text AS "id"
    FROM unnest(${[...ids]}::uuid[]) WITH ORDINALITY o("id", "place")
    JOIN "Case" c ON c."id" = o."id"
    WHERE c."secondRead" IN ('SECOND_DUE', 'ADJUDICATION_DUE')
      AND NOT ${cannotReadFurther(readerId)}
    ORDER BY o."place" LIMIT 1
    FOR UPDATE OF c SKIP LOCKED`);
  return due === undefined
    ? null
    : tx.case.findUniqueOrThrow({ where: { id: due.id } });
}
