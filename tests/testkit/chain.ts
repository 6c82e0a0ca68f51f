import type { DatabaseClient } from "@lung-iris/prisma";
import { expect } from "vitest";

/** Fails unless the audit chain has neither a hole nor a double. */
export async function expectWholeChain(client: DatabaseClient): Promise<void> {
  const [row] = await client.$queryRaw<
    { events: bigint; last: bigint; broken: bigint }[]
  >`
    SELECT count(*) AS events, coalesce(max("seq"), 0) AS last,
      count(*) FILTER (WHERE "previousHash" <> before) AS broken
    FROM (SELECT "seq", "previousHash",
      lag("hash") OVER (ORDER BY "seq") AS before FROM "AuditEvent") AS chain`;
  expect(row).toBeDefined();
  expect(row?.events).toBe(row?.last);
  expect(row?.broken).toBe(0n);
}

/** Fails unless each film has one prediction and one event that records it. */
export async function expectOnePredictionEach(
  client: DatabaseClient,
  films: number,
): Promise<void> {
  const images = await client.image.findMany({
    select: { id: true, predictions: { select: { id: true } } },
  });
  expect(images).toHaveLength(films);
  const recorded = await client.auditEvent.findMany({
    where: { type: "prediction.recorded" },
    select: { subjectId: true },
  });
  const predictions = images.flatMap((image) => {
    expect(image.predictions).toHaveLength(1);
    return image.predictions.map(({ id }) => id);
  });
  expect(recorded.map(({ subjectId }) => subjectId).sort()).toEqual(
    predictions.sort(),
  );
}
