import { afterEach, describe, expect, it, vi } from "vitest";
import { PictureStore } from "./picture-store.ts";

/** Answers every request with a picture; gives what was asked for. */
function answerAll() {
  const fetched = vi.fn<
    (path: string, options: RequestInit) => Promise<Response>
  >(() => Promise.resolve(new Response("picture")));
  vi.stubGlobal("fetch", fetched);
  return fetched;
}

describe("the small pictures of a page", () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  });

  it("are fetched once and never left to the browser's cache", async () => {
    const fetched = answerAll();
    const store = new PictureStore();
    const first = await store.load("/a");
    expect(await store.load("/a")).toBe(first);
    expect(fetched).toHaveBeenCalledTimes(1);
    expect(fetched.mock.calls[0]?.[1]).toEqual({ cache: "no-store" });
  });

  it("are gone once the session is over", async () => {
    const fetched = answerAll();
    const revoked = vi.spyOn(URL, "revokeObjectURL");
    const store = new PictureStore();
    const url = await store.load("/a");
    store.clear();
    await vi.waitFor(() => expect(revoked).toHaveBeenCalledWith(url));
    await store.load("/a");
    expect(fetched).toHaveBeenCalledTimes(2);
  });

  it("can be asked for again after a failure", async () => {
    vi.stubGlobal("fetch", () =>
      Promise.resolve(new Response(null, { status: 503 })),
    );
    const store = new PictureStore();
    await expect(store.load("/a")).rejects.toThrow("503");
    answerAll();
    expect(await store.load("/a")).toMatch(/^blob:/);
  });
});
