import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bucketsOf } from "../../../apps/api/src/features/worklist-query/worklist.buckets.ts";
import { createTestDatabase } from "../../testkit/database.ts";
import type { TestDatabase } from "../../testkit/database.ts";

describe("worklist buckets", () => {
  let db: TestDatabase;

  beforeAll(async () => {
    db = await createTestDatabase();
  });

  afterAll(() => db.drop());

  it("have the numbers that the database's function gives, for every combination", async () => {
    const rows = await db.database.client.$queryRaw<
      {
        state: "WAITING" | "READING" | "SIGNED" | "EMPTY";
        assessment: "PENDING" | "ASSESSED" | "NOT_ASSESSED";
        urgency: "CRITICAL" | "URGENT" | "SOON" | "ROUTINE";
        label: "NORMAL" | "PNEUMONIA" | "OTHER" | "NOT_DIAGNOSTIC" | null;
        positive: boolean;
        assigned: boolean;
        bucket: number;
      }[]
    >`
      SELECT s::text AS "state", a::text AS "assessment", u::text AS "urgency",
        l::text AS "label", p AS "positive", g AS "assigned",
        worklist_bucket(s, a, u, l, CASE WHEN p THEN 0.5 ELSE 0.4 END, 0.5,
          CASE WHEN g THEN gen_random_uuid() END) AS "bucket"
      FROM unnest(enum_range(NULL::"CaseState")) s,
        unnest(enum_range(NULL::"AssessmentState")) a,
        unnest(enum_range(NULL::"Urgency")) u,
        unnest(array_append(enum_range(NULL::"Label"), NULL)) l,
        unnest(ARRAY[true, false]) p, unnest(ARRAY[true, false]) g`;
    expect(rows).toHaveLength(4 * 3 * 4 * 5 * 2 * 2);
    for (const row of rows) {
      const isSigned = row.state === "SIGNED";
      const buckets = bucketsOf({
        states: [row.state],
        assessments: [row.assessment],
        urgencies: [row.urgency],
        labels: isSigned && row.label !== null ? [row.label] : null,
        aiPositive: row.assessment === "ASSESSED" ? row.positive : null,
        isAssigned: row.assigned,
      });
      const codes = buckets.map(({ code }) => code);
      if (row.state === "EMPTY") {
        expect(codes).toEqual([]);
        expect(row.bucket).toBe(-1);
        continue;
      }
      // A signed case without a label shares the answer with labelled ones.
      if (isSigned && row.label === null) expect(codes).toContain(row.bucket);
      else expect(codes).toEqual([row.bucket]);
    }
  });
});
