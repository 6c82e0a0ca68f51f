import { afterEach, describe, expect, it, vi } from "vitest";
import { FilmStore } from "./film-store.ts";

const HEADERS = {
  "X-Film-Width": "1",
  "X-Film-Height": "1",
  "X-Film-Max-Value": "255",
  "X-Film-Window-Center": "128",
  "X-Film-Window-Width": "256",
};

/** An API with the film `first` in every case; what it was asked, in order. */
function aDesk(statusOfCase = 200): string[] {
  const asked: string[] = [];
  vi.stubGlobal("fetch", (url: string) => {
    asked.push(url);
    const isCase = url.includes("/cases/");
    const id = isCase ? "first" : (/images\/(.+)\/pixels/.exec(url)?.[1] ?? "");
    const answer = new Response(new Uint8Array(2), {
      headers: { ...HEADERS, "X-Film-Id": id },
      status: isCase ? statusOfCase : 200,
    });
    return Promise.resolve(answer);
  });
  return asked;
}

const image = (id: string) => ({ id, pixelsPath: `/images/${id}/pixels` });

afterEach(() => vi.unstubAllGlobals());

describe("a film that is expected by its case", () => {
  it("is the one that the case shows, fetched once", async () => {
    const asked = aDesk();
    const store = new FilmStore();
    store.expect("a-case");
    store.expect("a-case");
    expect((await store.load(image("first"))).id).toBe("first");
    // Opened again, it is still here.
    store.expect("a-case");
    await store.load(image("first"));
    expect(asked).toEqual(["/api/files/cases/a-case/film"]);
  });

  it("keeps nobody from another film", async () => {
    const asked = aDesk();
    const store = new FilmStore();
    store.expect("a-case");
    expect((await store.load(image("other"))).id).toBe("other");
    expect(asked.at(-1)).toBe("/api/files/images/other/pixels");
  });

  it("is asked for by name where it did not come", async () => {
    const asked = aDesk(503);
    const store = new FilmStore();
    store.expect("a-case");
    expect((await store.load(image("first"))).id).toBe("first");
    store.expect("another-case");
    expect(asked).toHaveLength(3);
  });
});
