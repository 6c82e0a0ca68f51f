import { Linter } from "eslint";
import tseslint from "typescript-eslint";
import { describe, expect, it } from "vitest";
import { oneWriter } from "../../eslint.one-writer.js";

const linter = new Linter();

/** How often the rule of `npm run check` speaks up about a piece of code. */
function complaints(code: string): number {
  return linter.verify(code, {
    languageOptions: { parser: tseslint.parser },
    rules: { "no-restricted-syntax": ["error", ...oneWriter] },
  }).length;
}

describe("Case and Reading rows have one writer", () => {
  it.each([
    `await tx.case.update({ where: { id }, data: {} });`,
    `await client.case.createMany({ data });`,
    `await tx.reading.deleteMany({});`,
    `await tx.readingVersion.create({ data });`,
    `await tx["case"].update({ where, data });`,
    `await tx.study.update({ where, data: { case: { update: { state } } } });`,
    'await tx.$executeRaw`UPDATE "Case" SET "state" = \'SIGNED\'`;',
    'await tx.$executeRaw`\n  INSERT INTO "Reading" ("id") VALUES (${id})`;',
    'await tx.$executeRaw`delete from "public"."ReadingVersion"`;',
    `await client.query('UPDATE ONLY "Case" SET "urgency" = 1');`,
    `await client.query('TRUNCATE "Reading"');`,
  ])("refuses %s anywhere else", (planted) => {
    expect(complaints(planted)).toBeGreaterThan(0);
  });

  it.each([
    `await tx.case.findMany({ where: { state: "WAITING" } });`,
    `await client.reading.count({ where });`,
    'await client.$queryRaw`SELECT 1 FROM "Case" WHERE "id" = ${id} FOR UPDATE`;',
    `await tx.study.update({ where, data: { description } });`,
    `await commands.rename(tx, record, patient, reason);`,
  ])("has nothing against %s", (fine) => {
    expect(complaints(fine)).toBe(0);
  });
});
