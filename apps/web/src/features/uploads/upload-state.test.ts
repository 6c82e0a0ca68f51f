import { describe, expect, it } from "vitest";
import {
  type FilmResult,
  type FilmStatus,
  type UploadFilm,
  areHeldSent,
  countFilms,
  groupFilms,
  hasUnsent,
  retryAfter,
} from "./upload-state.ts";

const film = (status: FilmStatus): UploadFilm => ({
  id: "f",
  name: "f.png",
  bytes: 1,
  kind: "picture",
  status,
  details: {},
});
const done = (outcome: FilmResult["outcome"]): FilmStatus => ({
  step: "done",
  result: {
    outcome,
    caseId: null,
    imageId: null,
    code: null,
    message: null,
    canBeTaken: false,
    modality: null,
  },
});

describe("the films of an upload", () => {
  it("are grouped by what a person has to do, empty groups left out", () => {
    const groups = groupFilms([
      film(done("accepted")),
      film(done("refused")),
      film(done("accepted")),
      film({ step: "failed", code: "TOO_LARGE", message: null }),
      film({ step: "queued" }),
    ]);
    expect([...groups]).toEqual([
      ["notTaken", 2],
      ["underWay", 1],
      ["accepted", 2],
    ]);
  });

  it("are counted by what became of them", () => {
    const counts = countFilms([
      film({ step: "held" }),
      film({ step: "sending", sent: 0.5 }),
      film({ step: "retrying", code: "NETWORK", attempt: 1 }),
      film(done("accepted")),
      film(done("refused")),
      film({ step: "failed", code: "TOO_LARGE", message: null }),
    ]);
    expect(counts).toEqual({
      total: 6,
      aside: 0,
      held: 1,
      underWay: 2,
      accepted: 1,
      duplicate: 0,
      refused: 1,
      failed: 1,
    });
    expect(hasUnsent(counts)).toBe(true);
  });

  it("do not count what was set aside as films", () => {
    const films = [
      film({ step: "aside", kind: "cd-index" }),
      film(done("set-aside")),
      film(done("accepted")),
    ];
    expect(countFilms(films)).toMatchObject({ total: 1, aside: 2, failed: 0 });
    expect([...groupFilms(films)]).toEqual([["accepted", 1]]);
    expect(hasUnsent(countFilms(films.slice(0, 1)))).toBe(false);
  });

  it("are safe to leave once the server has answered for all", () => {
    expect(hasUnsent(countFilms([film(done("duplicate"))]))).toBe(false);
  });
});

describe("trying again", () => {
  it("helps when the line was down, less and less often", () => {
    expect(retryAfter("NETWORK", 1)).toBe(2_000);
    expect(retryAfter("NETWORK", 2)).toBe(5_000);
    expect(retryAfter("NETWORK", 9)).toBeNull();
    expect(retryAfter("REQUEST_TOO_SLOW", 1)).toBe(2_000);
    expect(retryAfter("STALLED", 1)).toBe(2_000);
  });

  it("does not help against a refusal", () => {
    expect(retryAfter("TOO_LARGE", 1)).toBeNull();
    expect(retryAfter("FORBIDDEN", 1)).toBeNull();
  });
});

describe("pictures that waited for their patients", () => {
  it("are here once each of them is, whatever became of other films", () => {
    const dicom = { ...film({ step: "queued" }), kind: "dicom" as const };
    expect(
      areHeldSent([film(done("accepted")), film(done("duplicate")), dicom]),
    ).toBe(true);
  });

  it.each([
    ["held", { step: "held" }],
    ["queued", { step: "queued" }],
    ["not sent", { step: "failed", code: "NETWORK", message: null }],
    ["refused", done("refused")],
  ] as const)("are not while one is %s", (_, status) => {
    expect(areHeldSent([film(done("accepted")), film(status)])).toBe(false);
  });

  it("are none where there are none", () => {
    expect(areHeldSent([])).toBe(false);
    // Those of before a reload: nothing of them is known but their name.
    expect(areHeldSent([{ ...film(done("accepted")), kind: null }])).toBe(
      false,
    );
  });
});
