import type { Label, ReadingStage } from "@lung-iris/prisma";
import { describe, expect, it } from "vitest";
import { labelOf, type SignedReading } from "./label.rules.ts";

const at = (minute: number) => new Date(Date.UTC(2026, 2, 2, 9, minute));

function reading(
  readerId: string,
  label: string,
  more: {
    stage?: ReadingStage;
    minute?: number;
    blind?: string | null;
    findings?: unknown;
    marks?: unknown;
  } = {},
): SignedReading {
  const minute = more.minute ?? 0;
  return {
    readerId,
    stage: more.stage ?? "PRIMARY",
    opinion: (more.blind ?? null) as Label | null,
    opinionIsBlind: more.blind === undefined ? null : more.blind !== null,
    versions: [
      {
        id: `${readerId}-${String(minute)}`,
        // Labels of other releases too: the rule must not know them all.
        label: label as Label,
        signedAt: at(minute),
        findings: more.findings ?? [],
        marks: more.marks ?? [],
      },
    ],
  };
}

describe("labelOf", () => {
  it("gives nothing where nothing was signed or nothing can be learnt", () => {
    expect(labelOf([])).toBeNull();
    expect(labelOf([reading("a", "NOT_DIAGNOSTIC")])).toBeNull();
  });

  it("tells one blind reader from one who had seen the AI", () => {
    const grade = (blind: string | null) =>
      labelOf([reading("a", "PNEUMONIA", { blind })])?.grade;
    expect(grade("PNEUMONIA")).toBe("ONE_BLIND");
    // The mind changed after the AI was shown, or there was no blind opinion.
    expect(grade("NORMAL")).toBe("ONE_AFTER_AI");
    expect(grade(null)).toBe("ONE_AFTER_AI");
  });

  it("takes two readers who agree, and none of two who differ", () => {
    const first = reading("a", "PNEUMONIA", { blind: "PNEUMONIA" });
    const second = (label: string, readerId = "b") =>
      reading(readerId, label, { stage: "SECOND", minute: 5 });
    expect(labelOf([first, second("PNEUMONIA")])).toMatchObject({
      grade: "TWO_AGREE",
      label: "PNEUMONIA",
      readingVersionId: "a-0",
    });
    expect(labelOf([second("NORMAL"), first])).toBeNull();
    // The same person twice is one reader.
    expect(labelOf([first, second("PNEUMONIA", "a")])?.grade).toBe("ONE_BLIND");
  });

  it("lets an adjudication decide, against both", () => {
    const label = labelOf([
      reading("a", "PNEUMONIA"),
      reading("b", "NORMAL", { stage: "SECOND", minute: 5 }),
      reading("c", "OTHER", { stage: "ADJUDICATION", minute: 9 }),
    ]);
    expect(label).toMatchObject({
      grade: "ADJUDICATED",
      label: "OTHER",
      readingVersionId: "c-9",
    });
  });

  it("forgets what was read before the case was opened again", () => {
    const label = labelOf([
      reading("a", "NORMAL", { minute: 0 }),
      reading("b", "NORMAL", { stage: "SECOND", minute: 5 }),
      reading("a", "PNEUMONIA", { minute: 30, blind: "PNEUMONIA" }),
    ]);
    expect(label).toMatchObject({ grade: "ONE_BLIND", label: "PNEUMONIA" });
  });

  it("says finding by finding what the label, the findings and marks say", () => {
    const mark = { imageId: "i", x: 1, y: 2, width: 3, height: 4 };
    const label = labelOf([
      reading("a", "PNEUMONIA", {
        findings: [
          { code: "effusion", presence: "UNCERTAIN", side: "LEFT" },
          { code: "hernia", presence: "ABSENT" },
          { code: "edema", presence: "UNCERTAIN" },
          { code: "not-in-the-catalogue", presence: "PRESENT" },
        ],
        // A mark is as good as a word: edema is there.
        marks: [
          { ...mark, finding: "Edema" },
          { ...mark, finding: "typed" },
        ],
      }),
    ]);
    expect(label).toMatchObject({
      present: ["edema", "pneumonia"],
      absent: ["hernia"],
      uncertain: ["effusion"],
      regions: [{ finding: "edema" }, { finding: "other" }],
    });
    expect(labelOf([reading("a", "NORMAL")])).toMatchObject({
      present: [],
      absent: ["pneumonia"],
    });
    // The label is the last word, whatever a mark names.
    const marked = { marks: [{ ...mark, finding: "pneumonia" }] };
    expect(labelOf([reading("a", "NORMAL", marked)])?.present).toEqual([]);
    // Something else is wrong: of pneumonia nothing was said.
    expect(labelOf([reading("a", "OTHER")])).toMatchObject({
      present: [],
      absent: [],
    });
  });
});
