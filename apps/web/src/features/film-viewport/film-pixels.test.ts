import { afterEach, describe, expect, it, vi } from "vitest";
import { fetchFilm, FilmError } from "./film-pixels.ts";

const source = {
  id: "film",
  pixelsPath: "/images/film/pixels",
};
const headers = {
  "X-Film-Id": "film",
  "X-Film-Width": "3",
  "X-Film-Height": "2",
  "X-Film-Max-Value": "4095",
  "X-Film-Window-Center": "2047.5",
  "X-Film-Window-Width": "4000",
};
const { signal } = new AbortController();

function answerWith(body: BodyInit | null, init: ResponseInit) {
  const fetched = vi.fn(() => Promise.resolve(new Response(body, init)));
  vi.stubGlobal("fetch", fetched);
  return fetched;
}

async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  const error: unknown = await promise.catch((thrown: unknown) => thrown);
  return error instanceof FilmError ? error.failure : error;
}

afterEach(() => vi.unstubAllGlobals());

describe("fetching a film", () => {
  it("reads little-endian samples and what the headers say of them", async () => {
    const bytes = Uint8Array.from([1, 0, 0, 1, 255, 15, 0, 0, 2, 0, 3, 0]);
    const fetched = answerWith(bytes, {
      headers: { ...headers, "X-Film-Pixel-Spacing": "0.143,0.144" },
    });
    const film = await fetchFilm(source, signal);
    expect(fetched).toHaveBeenCalledWith("/api/files/images/film/pixels", {
      signal,
    });
    // 0x0100 is 256 and 0x0fff is 4095
    expect([...film.pixels]).toEqual([1, 256, 4095, 0, 2, 3]);
    expect(film).toMatchObject({
      width: 3,
      height: 2,
      maxValue: 4095,
      window: { center: 2047.5, width: 4000 },
      pixelSpacing: [0.143, 0.144],
    });
  });

  it.each([
    ["SIGMOID", { center: 2047.5, width: 4000 }, "sigmoid"],
    ["LINEAR", { center: 2047.5, width: 4000 }, "linear"],
    // ends 47.5 and 4047.5: centre − 0.5 ± (width − 1) / 2 of the linear one
    ["LINEAR_EXACT", { center: 2048, width: 4001 }, "linear"],
  ])("shows the shape %s", async (shape, window, windowShape) => {
    answerWith(new Uint8Array(12), {
      headers: { ...headers, "X-Film-Window-Shape": shape },
    });
    expect(await fetchFilm(source, signal)).toMatchObject({
      window,
      windowShape,
    });
  });

  it("opens a film that is flat in a window of all values with a narrower one", async () => {
    // 1000, 1100, 1200 and twice the black around them
    const values = Uint16Array.from([1000, 1100, 1200, 1150, 0, 0]);
    answerWith(values, {
      headers: {
        ...headers,
        "X-Film-Window-Center": "2048",
        "X-Film-Window-Width": "4096",
      },
    });
    const { window } = await fetchFilm(source, signal);
    expect(window).toEqual({ center: 1100.5, width: 201 });
  });

  it("knows no spacing where the film has none", async () => {
    answerWith(new Uint8Array(12), { headers });
    expect((await fetchFilm(source, signal)).pixelSpacing).toBeNull();
  });

  it("refuses a film that is shorter than it says", async () => {
    answerWith(new Uint8Array(10), { headers });
    expect(await failureOf(fetchFilm(source, signal))).toBe("broken");
  });

  it("refuses an answer without its size", async () => {
    answerWith(new Uint8Array(12), {});
    expect(await failureOf(fetchFilm(source, signal))).toBe("broken");
  });

  it.each([
    [403, "refused"],
    [404, "missing"],
    [503, "unreachable"],
  ])("says why when the answer is %i", async (status, failure) => {
    answerWith(null, { status });
    expect(await failureOf(fetchFilm(source, signal))).toBe(failure);
  });

  it("says so when there is no answer", async () => {
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("failed")));
    expect(await failureOf(fetchFilm(source, signal))).toBe("unreachable");
  });
});
