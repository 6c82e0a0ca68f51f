import { describe, expect, it } from "vitest";
import { countOfView } from "./view-counts.ts";
import { WORKLIST_VIEWS } from "../worklist-query/worklist-url.ts";

const SUMMARY = {
  waiting: 100,
  waitingIsCapped: false,
  reading: 20,
  notAssessed: 3,
  pending: 4,
  overdue: 5,
  retakes: 6,
  secondReads: 7,
  mine: 8,
  unassigned: 9,
  identity: 10,
  longestWaitSince: null,
};

describe("how much a view holds", () => {
  it("is told of every view that somebody works through", () => {
    const counts = WORKLIST_VIEWS.map((view) => [
      view,
      countOfView(view, SUMMARY),
    ]);
    expect(Object.fromEntries(counts)).toEqual({
      all: 120,
      mine: 8,
      unassigned: 9,
      "not-assessed": 3,
      retakes: 6,
      "second-reads": 7,
      identity: 10,
      signed: null,
      everything: null,
    });
  });
});
