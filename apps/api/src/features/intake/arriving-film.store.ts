import { Prisma, runStatement } from "@lung-iris/prisma";
import type { DatabaseClient, Tx } from "@lung-iris/prisma";

/** The only writer of `ArrivingFilm`. */

/**
 * Notes that a film's bytes are about to be put into the object store. Waits
 * while the same bytes are swept, so that they are put there after that.
 */
export async function noteArriving(
  client: DatabaseClient,
  film: { id: string; sha256: string },
): Promise<void> {
  await runStatement(
    client,
    Prisma.sql`
      WITH turn AS MATERIALIZED (SELECT pg_advisory_xact_lock(
        hashtextextended('arriving-film ' || ${film.sha256}, 0)))
      INSERT INTO "ArrivingFilm" ("id", "sha256")
      SELECT ${film.id}::uuid, ${film.sha256} FROM turn`,
  );
}

/** The bytes are somebody's now. */
export async function forgetArriving(
  client: DatabaseClient | Tx,
  id: string,
): Promise<void> {
  await client.$executeRaw`DELETE FROM "ArrivingFilm" WHERE "id" = ${id}::uuid`;
}

/** Notes of so many seconds ago and more, by the database's clock. */
export function staleArrivals(
  client: DatabaseClient,
  seconds: number,
  most: number,
): Promise<{ id: string; sha256: string }[]> {
  return client.$queryRaw`
    SELECT "id", "sha256" FROM "ArrivingFilm"
    WHERE "createdAt" < now() - make_interval(secs => ${seconds})
    ORDER BY "createdAt" LIMIT ${most}`;
}

/**
 * Whether bytes are nobody's: no site has the film, and nobody else brings it
 * now. Until the transaction ends nobody begins to.
 */
export async function lockOrphan(
  tx: Tx,
  { id, sha256 }: { id: string; sha256: string },
): Promise<boolean> {
  await tx.$queryRaw`
    SELECT 1 FROM (SELECT pg_advisory_xact_lock(
      hashtextextended('arriving-film ' || ${sha256}, 0))) w`;
  const [found] = await tx.$queryRaw<{ isWanted: boolean }[]>`
    SELECT EXISTS (SELECT 1 FROM "Image" WHERE "sha256" = ${sha256})
      OR EXISTS (SELECT 1 FROM "ArrivingFilm"
        WHERE "sha256" = ${sha256} AND "id" <> ${id}::uuid) AS "isWanted"`;
  return found?.isWanted === false;
}
