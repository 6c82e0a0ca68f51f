import { describe, expect, it } from "vitest";
import {
  EMPTY_CHOICE,
  againOf,
  problemOf,
  progressOf,
  proposedName,
  toDatasetFilter,
} from "./dataset-choice.ts";

const choice = { ...EMPTY_CHOICE, siteId: "s-1" };

describe("toDatasetFilter", () => {
  it("has only what was narrowed", () => {
    expect(toDatasetFilter(choice)).toEqual({ siteId: "s-1" });
  });

  it("includes the last day whole", () => {
    const filter = toDatasetFilter({
      ...choice,
      signedFrom: "2026-11-01",
      signedTo: "2026-11-30",
    });
    expect(filter?.signedAfter).toBe(new Date(2026, 10, 1).toISOString());
    expect(filter?.signedBefore).toBe(new Date(2026, 11, 1).toISOString());
  });

  it("tells cases that agree from those that do not", () => {
    expect(toDatasetFilter({ ...choice, agreement: "agreed" })).toMatchObject({
      agreement: true,
    });
    expect(
      toDatasetFilter({ ...choice, agreement: "overridden" }),
    ).toMatchObject({ agreement: false });
  });

  it("is the same whatever the order in which labels were ticked", () => {
    const one = toDatasetFilter({ ...choice, labels: ["PNEUMONIA", "NORMAL"] });
    const other = toDatasetFilter({
      ...choice,
      labels: ["NORMAL", "PNEUMONIA"],
    });
    expect(one).toEqual(other);
  });

  it("narrows by grade, finding and people, an age of 0 too", () => {
    expect(
      toDatasetFilter({
        ...choice,
        grades: ["TWO_AGREE", "ADJUDICATED"],
        finding: "effusion",
        ageFrom: 0,
        ageTo: 15,
        sexes: ["FEMALE"],
        views: ["PA"],
        readers: ["u-2", "u-1"],
        withoutNotes: true,
      }),
    ).toEqual({
      siteId: "s-1",
      grades: ["ADJUDICATED", "TWO_AGREE"],
      finding: "effusion",
      ageFrom: 0,
      ageTo: 15,
      sexes: ["FEMALE"],
      views: ["PA"],
      readers: ["u-1", "u-2"],
      withoutNotes: true,
    });
    const backwards = { ...choice, ageFrom: 9, ageTo: 8 };
    expect(problemOf(backwards)).toBe("wrong-ages");
    expect(toDatasetFilter(backwards)).toBeNull();
  });

  it("waits while a day is being typed", () => {
    expect(problemOf({ ...choice, signedFrom: "23/1" })).toBe("no-day");
  });

  it("is nothing while the choice cannot be asked for", () => {
    expect(toDatasetFilter(EMPTY_CHOICE)).toBeNull();
    const backwards = {
      ...choice,
      signedFrom: "2026-11-02",
      signedTo: "2026-11-01",
    };
    expect(problemOf(backwards)).toBe("wrong-order");
    expect(toDatasetFilter(backwards)).toBeNull();
  });
});

describe("againOf", () => {
  it("sends a stored filter again without its gaps", () => {
    expect(
      againOf({
        siteId: "s-1",
        signedAfter: null,
        signedBefore: "2026-12-01T00:00:00.000Z",
        labels: ["NORMAL"],
        modelVersionId: null,
        agreement: false,
        grades: ["TWO_AGREE"],
        finding: null,
        ageFrom: 0,
        ageTo: null,
        sexes: null,
        views: null,
        readers: null,
        withoutNotes: null,
      }),
    ).toEqual({
      siteId: "s-1",
      signedBefore: "2026-12-01T00:00:00.000Z",
      labels: ["NORMAL"],
      agreement: false,
      grades: ["TWO_AGREE"],
      ageFrom: 0,
    });
  });
});

describe("proposedName", () => {
  it("is the site and the day", () => {
    expect(proposedName("HCM-01", new Date(2026, 0, 5))).toBe(
      "HCM-01 2026-01-05",
    );
    expect(proposedName(null, new Date(2026, 0, 5))).toBe("2026-01-05");
  });
});

describe("progressOf", () => {
  it("never passes the end and does not guess without a total", () => {
    expect(progressOf({ done: 30, total: 120 })).toBe(25);
    expect(progressOf({ done: 130, total: 120 })).toBe(100);
    expect(progressOf({ done: 0, total: 0 })).toBeNull();
  });
});
