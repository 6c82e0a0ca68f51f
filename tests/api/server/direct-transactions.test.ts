import { Prisma, withTransaction, type Tx } from "@lung-iris/prisma";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase } from "../../testkit/database.ts";
import type { TestDatabase } from "../../testkit/database.ts";

const AT = new Date("2024-02-29T23:30:00.987Z");

/** SQL in a transaction goes past Prisma; it must do what Prisma would. */
describe("SQL in a transaction, straight to the driver", () => {
  let desk: TestDatabase;
  beforeAll(async () => {
    desk = await createTestDatabase();
  });
  afterAll(() => desk.drop());

  const within = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
    withTransaction(desk.database.client, work);
  const site = (code: string) => ({ code, name: `Site ${code}` });

  const values: [string, (tx: Tx) => Promise<unknown>][] = [
    [
      "whole numbers, also long ones",
      (tx) =>
        tx.$queryRaw`SELECT 7 AS a, 9007199254740993 AS b, ${42}::int AS c, count(*) AS d FROM "Site"`,
    ],
    [
      "broken numbers and decimals",
      (tx) => tx.$queryRaw`SELECT 0.1::float8 AS a, 12.340 AS b, 'NaN'::float8`,
    ],
    [
      "times and days",
      (tx) =>
        tx.$queryRaw`SELECT ${AT}::timestamptz AS a, ${AT}::date AS b, '0099-02-03 04:05:06+00'::timestamptz AS c`,
    ],
    [
      "texts, ids and enums",
      (tx) =>
        tx.$queryRaw`SELECT ${"Ân 'x' \\ \""} AS a, '6f7e9f1c-0000-4000-8000-000000000001'::uuid AS b, 'WAITING'::"CaseState" AS c, ''::text AS d, ${null}::text AS e`,
    ],
    [
      "truths and JSON",
      (tx) =>
        tx.$queryRaw`SELECT true AS a, '{"b": [1, null, "x"]}'::jsonb AS b, ${{ c: 1 }}::jsonb AS c`,
    ],
    [
      "lists",
      (tx) =>
        tx.$queryRaw`SELECT ${["a", 'odd "b", {c}', ""]}::text[] AS a, ARRAY[1, NULL]::int[] AS b, ${[AT]}::timestamptz[] AS c, '{}'::text[] AS d`,
    ],
    [
      "parts of statements",
      (tx) =>
        tx.$queryRaw(
          Prisma.sql`SELECT ${1}::int + ${2}::int AS a ${Prisma.sql`, ${"b"} AS b`}`,
        ),
    ],
  ];
  it.each(values)("gives what Prisma gives: %s", async (_, ask) => {
    const prismas = await desk.database.client.$transaction(ask);
    // Often enough that it has a name by the end.
    for (let time = 0; time < 5; time++)
      expect(await within(ask)).toStrictEqual(prismas);
  });

  it("counts the rows that a statement changed", async () => {
    await within(async (tx) => {
      await tx.site.createMany({ data: [site("N1"), site("N2")] });
      expect(
        await tx.$executeRaw`UPDATE "Site" SET "name" = ${"Named"} WHERE "code" LIKE ${"N_"}`,
      ).toBe(2);
    });
  });

  it("sees what Prisma wrote before it, and is seen by it after", async () => {
    await within(async (tx) => {
      const { id } = await tx.site.create({ data: site("SEEN") });
      expect(
        await tx.$queryRaw`SELECT "name" FROM "Site" WHERE "id" = ${id}::uuid`,
      ).toEqual([{ name: "Site SEEN" }]);
      await tx.$executeRaw`UPDATE "Site" SET "name" = 'Other' WHERE "id" = ${id}::uuid`;
      const row = await tx.site.findUniqueOrThrow({ where: { id } });
      expect(row.name).toBe("Other");
    });
  });

  it("is gone with the transaction that failed", async () => {
    const failed = within(async (tx) => {
      await tx.$executeRaw`INSERT INTO "Site" ("id", "code", "name") VALUES (gen_random_uuid(), 'GONE', 'Gone')`;
      throw new Error("changed my mind");
    });
    await expect(failed).rejects.toThrow("changed my mind");
    const where = { code: "GONE" };
    expect(await desk.database.client.site.count({ where })).toBe(0);
  });

  it("keeps to its own transaction among many at once", async () => {
    const ids = await Promise.all(
      Array.from({ length: 24 }, () =>
        within(async (tx) => {
          const ask = () =>
            tx.$queryRaw<
              { id: string }[]
            >`SELECT pg_current_xact_id()::text AS "id"`;
          const [[first], [second]] = await Promise.all([ask(), ask()]);
          expect(second).toEqual(first);
          return first?.id;
        }),
      ),
    );
    expect(new Set(ids).size).toBe(24);
  });

  it("goes in turn with what Prisma sends at the same time", async () => {
    const warnings: string[] = [];
    const hear = (warning: Error) => warnings.push(warning.message);
    process.on("warning", hear);
    await within(async (tx) => {
      await tx.site.create({ data: site("TURN") });
      const where = { code: "TURN" };
      const include = { patients: true, studies: true, images: true };
      const [[named], [whole]] = await Promise.all([
        tx.$queryRaw<
          unknown[]
        >`SELECT "name" FROM "Site" WHERE "code" = 'TURN'`,
        // Prisma asks for the parts of a row at the same time itself.
        tx.site.findMany({ where, include }),
      ]);
      expect(named).toEqual({ name: "Site TURN" });
      expect(whole).toMatchObject({ name: "Site TURN", patients: [] });
    });
    // Node tells of a warning in the next turn of its loop.
    await new Promise((resolve) => setImmediate(resolve));
    process.off("warning", hear);
    expect(warnings).toEqual([]);
  });

  it("is tried again after a deadlock", async () => {
    const { client } = desk.database;
    await client.site.createMany({ data: [site("D1"), site("D2")] });
    const tries = { D1: 0, D2: 0 };
    const both = (first: "D1" | "D2", second: "D1" | "D2") =>
      within(async (tx) => {
        tries[first] += 1;
        const raise = (code: string) =>
          tx.$executeRaw`UPDATE "Site" SET "name" = "name" || '!' WHERE "code" = ${code}`;
        await raise(first);
        // Until the other has its first, unless it has done with both.
        await new Promise((resolve) => setTimeout(resolve, 200));
        await raise(second);
      });
    await Promise.all([both("D1", "D2"), both("D2", "D1")]);
    expect(tries.D1 + tries.D2).toBeGreaterThan(2);
    const rows = await client.site.findMany({
      where: { code: { in: ["D1", "D2"] } },
    });
    expect(rows.map(({ name }) => name.slice(-2))).toEqual(["!!", "!!"]);
  });

  it("refuses what comes after the end, of a transaction that took too long too", async () => {
    const over = await within(async (tx) => {
      await tx.$queryRaw`SELECT 1 AS "one"`;
      return { tx };
    });
    const { client } = desk.database;
    const late = withTransaction(
      client,
      async (tx) => {
        await tx.$queryRaw`SELECT 1 AS "one"`;
        await new Promise((resolve) => setTimeout(resolve, 600));
        await tx.$executeRaw`INSERT INTO "Site" ("id", "code", "name") VALUES (gen_random_uuid(), 'LATE', 'Late')`;
      },
      { timeoutMs: 200 },
    );
    await expect(late).rejects.toThrow();
    expect(await client.site.count({ where: { code: "LATE" } })).toBe(0);
    await expect(over.tx.$queryRaw`SELECT 1`).rejects.toThrow(
      "after the end of its transaction",
    );
  });
});
