import { describe, expect, it } from "vitest";
import type { FilmCorrection } from "@lung-iris/prisma";
import { areFilmsAsAt } from "./films-at.ts";

const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 10, minute));
const SIGNED = at(10);

const film = {
  id: "film",
  studyId: "here",
  removedAt: null as Date | null,
  createdAt: at(0),
  quarterTurns: 0,
  isMirrored: false,
};

const pose = (isMirrored: boolean) => ({
  quarterTurns: 0,
  isMirrored,
  viewPosition: null,
  studyView: null,
});

function correction(rest: Partial<FilmCorrection>): FilmCorrection {
  return {
    id: "correction",
    siteId: "site",
    imageId: "film",
    kind: "REMOVED",
    studyId: "here",
    toStudyId: null,
    before: null,
    after: null,
    reason: "why",
    byId: "somebody",
    byName: "Somebody",
    correctedAt: at(20),
    undoneAt: null,
    undoneById: null,
    undoneByName: null,
    undoReason: null,
    ...rest,
  };
}

const asSigned = (
  now: Partial<typeof film>,
  ...corrections: FilmCorrection[]
) => areFilmsAsAt([{ ...film, ...now }], corrections, "here", SIGNED);

const MOVED = { kind: "MOVED", toStudyId: "there" } as const;
const TURNED = {
  kind: "TURNED",
  before: pose(false),
  after: pose(true),
} as const;
const undoneAt = at(30);

describe("the films of a study are as they were signed", () => {
  it("where nothing befell them", () => {
    expect(asSigned({})).toBe(true);
  });

  it("where what was corrected since was undone", () => {
    expect(asSigned({}, correction({ undoneAt }))).toBe(true);
    expect(asSigned({}, correction({ ...MOVED, undoneAt }))).toBe(true);
    expect(asSigned({}, correction({ ...TURNED, undoneAt }))).toBe(true);
  });

  it("but not where a correction stands", () => {
    expect(asSigned({ removedAt: at(20) }, correction({}))).toBe(false);
    expect(asSigned({ studyId: "there" }, correction(MOVED))).toBe(false);
    expect(asSigned({ isMirrored: true }, correction(TURNED))).toBe(false);
  });

  it("but not where one that was signed with was undone since", () => {
    const earlier = { correctedAt: at(5), undoneAt };
    expect(asSigned({}, correction(earlier))).toBe(false);
    expect(asSigned({}, correction({ ...MOVED, ...earlier }))).toBe(false);
    expect(asSigned({}, correction({ ...TURNED, ...earlier }))).toBe(false);
  });

  it("but not where a film came, unless it went again", () => {
    const came = { createdAt: at(15) };
    expect(asSigned(came)).toBe(false);
    const gone = { ...came, removedAt: at(20) };
    expect(asSigned(gone, correction({}))).toBe(true);
  });

  it("whatever befell them before", () => {
    const early = correction({
      ...TURNED,
      correctedAt: at(5),
      undoneAt: at(6),
    });
    expect(asSigned({}, early)).toBe(true);
    const stands = correction({ ...TURNED, correctedAt: at(5) });
    expect(asSigned({ isMirrored: true }, stands)).toBe(true);
  });
});
