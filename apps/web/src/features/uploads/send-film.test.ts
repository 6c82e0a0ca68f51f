import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { SendFailure, readAnswer, watchSilence } from "./send-film.ts";

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

  it("may be that the line was too slow, with words or without", () => {
    expect(failure(408, "").code).toBe("REQUEST_TOO_SLOW");
  });
});

describe("a line that has gone quiet", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it("is noticed once, counted from what was heard last", () => {
    const onSilence = vi.fn();
    const silence = watchSilence(1_000, onSilence);
    vi.advanceTimersByTime(900);
    silence.heard();
    vi.advanceTimersByTime(900);
    expect(onSilence).not.toHaveBeenCalled();
    vi.advanceTimersByTime(5_000);
    expect(onSilence).toHaveBeenCalledTimes(1);
  });

  it("is nobody's concern once the film has left", () => {
    const onSilence = vi.fn();
    const silence = watchSilence(1_000, onSilence);
    silence.stop();
    silence.heard();
    vi.advanceTimersByTime(5_000);
    expect(onSilence).not.toHaveBeenCalled();
  });
});
