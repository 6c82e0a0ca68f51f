import { describe, expect, it } from "vitest";
import { reasonsOfRow } from "./row-reasons.ts";
import { aRow } from "../worklist-query/worklist-fixtures.ts";

describe("why a row stands where it stands", () => {
  it("is what the urgency rules said", () => {
    const urgencyReasons = ["flag:fever", "waited"];
    expect(reasonsOfRow(aRow({ urgencyReasons }))).toEqual(urgencyReasons);
  });

  it("is nothing once the case is signed", () => {
    for (const assessment of ["ASSESSED", "NOT_ASSESSED"] as const)
      expect(
        reasonsOfRow(
          aRow({ state: "SIGNED", urgencyReasons: ["waited"], assessment }),
        ),
      ).toEqual([]);
  });

  it("says once that the AI could not assess the film", () => {
    const refused = {
      assessment: "NOT_ASSESSED",
      notAssessedReason: "lateral",
    } as const;
    for (const urgencyReasons of [
      ["flag:fever"],
      ["flag:fever", "not-assessed:lateral"],
    ])
      expect(reasonsOfRow(aRow({ ...refused, urgencyReasons }))).toEqual([
        "flag:fever",
        "not-assessed:lateral",
      ]);
    expect(reasonsOfRow(aRow({ ...refused, urgencyReasons: [] }))).toEqual([
      "not-assessed:lateral",
    ]);
  });
});
