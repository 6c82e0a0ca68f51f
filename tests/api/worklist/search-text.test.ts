import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { foldSearch } from "../../../apps/api/src/platform/search-words.ts";
import { createTestDatabase } from "../../testkit/database.ts";
import type { TestDatabase } from "../../testkit/database.ts";

describe("text of searches", () => {
  let db: TestDatabase;

  beforeAll(async () => {
    db = await createTestDatabase();
  });

  afterAll(() => db.drop());

  it.each([
    "NGUYỄN, Văn Đức",
    "ØSTERGÅRD, Søren",
    "ŁUKASZ Żółw",
    "MÜLLER-Lüdenscheidt",
    "ÞÓR Æsir",
    "ИВАНОВ, Пётр",
    "ΠΑΠΑΔΌΠΟΥΛΟΣ, Νίκος",
    "MRN-00042 / 7",
    "",
  ])("is folded alike by the product and the database: %s", async (value) => {
    const [row] = await db.database.client.$queryRaw<{ folded: string }[]>`
      SELECT fold_search(${value}) AS folded`;
    expect(row?.folded).toBe(foldSearch(value));
  });
});
