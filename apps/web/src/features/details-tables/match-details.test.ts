import { describe, expect, it } from "vitest";
import { matchDetails } from "./match-details.ts";

/** Matches lines named by files; each says its own number. */
function match(lines: readonly string[], films: readonly string[]) {
  const table = {
    lines: lines.map((file, at) => ({ file, details: { mrn: String(at) } })),
    doubts: [],
    unknownHeadings: [],
  };
  const { byFilm, unmatched, ambiguous } = matchDetails(table, films);
  const found = Object.fromEntries(
    [...byFilm].map(([film, { mrn }]) => [film, lines[Number(mrn)]]),
  );
  return { found, unmatched, ambiguous };
}

describe("the line of a film", () => {
  it("is found by the whole path before the name alone", () => {
    const films = ["cd/ward1/FILM01.png", "cd/ward2/FILM01.png"];
    expect(match(["ward1/FILM01.png", "ward2/FILM01.png"], films)).toEqual({
      found: {
        "cd/ward1/FILM01.png": "ward1/FILM01.png",
        "cd/ward2/FILM01.png": "ward2/FILM01.png",
      },
      unmatched: [],
      ambiguous: [],
    });
  });

  it("is none where one name fits two films", () => {
    const films = ["ward1/FILM01.png", "ward2/FILM01.png"];
    expect(match(["FILM01.png"], films)).toEqual({
      found: {},
      unmatched: [],
      ambiguous: films,
    });
  });

  it("is none where two lines fit one film", () => {
    const lines = ["ward1/FILM01.png", "ward2/FILM01.png"];
    expect(match(lines, ["FILM01.png"])).toEqual({
      found: {},
      unmatched: [],
      ambiguous: ["FILM01.png"],
    });
  });

  it("is none for two films that were dropped under one name", () => {
    expect(match(["a.png"], ["a.png", "a.png"]).found).toEqual({});
  });

  it("leaves a film of the same name elsewhere alone", () => {
    expect(match(["a.png"], ["a.png", "later/a.png"])).toEqual({
      found: { "a.png": "a.png" },
      unmatched: [],
      ambiguous: ["later/a.png"],
    });
  });

  it("takes the name apart at endings of pictures only", () => {
    const films = ["2.25.900.1.41", "2.25.900.1.42"];
    expect(match(films, films).found).toEqual({
      "2.25.900.1.41": "2.25.900.1.41",
      "2.25.900.1.42": "2.25.900.1.42",
    });
    expect(match(["2.25.900.1.42"], ["2.25.900.1.41"]).found).toEqual({});
    expect(
      match(["film.1", "film.2"], ["film.1.png", "film.2.png"]).found,
    ).toEqual({ "film.1.png": "film.1", "film.2.png": "film.2" });
  });

  it("knows two endings of one name apart", () => {
    const films = ["a.png", "a.jpg"];
    expect(match(["a.png", "a.jpg"], films).found).toEqual({
      "a.png": "a.png",
      "a.jpg": "a.jpg",
    });
    expect(match(["a"], films)).toMatchObject({ found: {}, ambiguous: films });
  });

  it.each([
    ["C:\\scans\\monday\\A-1.PNG", "monday/a-1.png"],
    ["./monday/a-1.png", "monday/a-1.png"],
    ["A-1", "monday/a-1.PNG"],
    ["phim\u0323.png", "phi\u1e43.png"],
  ])("is %s for %s", (line, film) => {
    expect(match([line], [film]).found).toEqual({ [film]: line });
  });

  it.each([
    ["1.png", "film-1.png"],
    ["a-1", "a-12.png"],
    ["ward1/a.png", "ward2/a.png"],
  ])("is not %s for %s, and the line is named", (line, film) => {
    expect(match([line], [film])).toEqual({
      found: {},
      unmatched: [line],
      ambiguous: [],
    });
  });
});
