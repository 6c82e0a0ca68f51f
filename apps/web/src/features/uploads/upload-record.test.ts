import { describe, expect, it } from "vitest";
import { fromRecord, toRecord } from "./upload-record.ts";
import type { UploadFilm } from "./upload-state.ts";

const films: UploadFilm[] = [
  {
    id: "1",
    name: "a.png",
    bytes: 5,
    kind: "picture",
    details: { mrn: "SECRET-7" },
    status: {
      step: "done",
      result: {
        outcome: "accepted",
        caseId: "c",
        imageId: "i",
        code: null,
        message: null,
        canBeTaken: false,
        modality: null,
      },
    },
  },
  {
    id: "2",
    name: "b.png",
    bytes: 5,
    kind: "picture",
    details: {},
    status: { step: "sending", sent: 0.4 },
  },
];

describe("coming back to the upload page", () => {
  it("shows what became of each film", () => {
    const back = fromRecord("me", toRecord("me", films));
    expect(back[0]?.status).toEqual(films[0]?.status);
    expect(back[1]?.status).toEqual({
      step: "failed",
      code: "INTERRUPTED",
      message: null,
    });
  });

  it("keeps nothing that was typed of a patient", () => {
    expect(toRecord("me", films)).not.toContain("SECRET-7");
  });

  it("shows nothing of another person's", () => {
    expect(fromRecord("you", toRecord("me", films))).toEqual([]);
  });

  it("is not upset by a broken memory", () => {
    expect(fromRecord("me", "{")).toEqual([]);
    expect(fromRecord("me", null)).toEqual([]);
  });
});
