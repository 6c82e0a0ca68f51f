import { describe, expect, it } from "vitest";
import { SendFailure, readAnswer } from "./send-film.ts";

const failure = (status: number, text: string): SendFailure => {
  try {
    readAnswer(status, text);
  } catch (error) {
    if (error instanceof SendFailure) return error;
  }
  throw new Error("expected a SendFailure");
};

describe("the server's answer to a film", () => {
  it("is what became of it", () => {
    const result = {
      file: "a.png",
      outcome: "duplicate",
      caseId: "c",
      imageId: "i",
      studyId: "s",
      code: null,
      message: null,
      canBeTaken: false,
      modality: null,
    };
    expect(
      readAnswer(200, JSON.stringify({ results: [result] })),
    ).toMatchObject({ outcome: "duplicate", caseId: "c" });
  });

  it("may concern the whole request", () => {
    const body = { error: { code: "STORAGE_FULL", message: "No room." } };
    expect(failure(507, JSON.stringify(body)).code).toBe("STORAGE_FULL");
  });

  it("is not believed when it is something else", () => {
    expect(failure(502, "<html>Bad gateway</html>").code).toBe(
      "API_UNREACHABLE",
    );
    expect(failure(200, '{"results":[]}').code).toBe("API_UNREACHABLE");
  });
});
