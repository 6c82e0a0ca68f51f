import { encodePhantomPng, makePhantom } from "@lung-iris/phantom";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createFilmReader, type FilmReader } from "./inference-client.ts";

describe("a film reader that several people use", () => {
  let reader: FilmReader;
  let film: Buffer;
  beforeAll(async () => {
    reader = await createFilmReader({ threads: 1 });
    const phantom = makePhantom({ seed: 1, width: 256, height: 256 });
    film = Buffer.from(await encodePhantomPng(phantom));
  }, 60_000);
  afterAll(() => reader.close());

  it("lets one's many films hold up nobody else's one", async () => {
    const done: string[] = [];
    const read = async (name: string, owner: string): Promise<void> => {
      await reader.pixels(() => Promise.resolve(film), owner);
      done.push(name);
    };
    await Promise.all([
      ...["a1", "a2", "a3", "a4", "a5", "a6"].map((name) => read(name, "a")),
      read("b1", "b"),
    ]);
    // Two are in at once, a third had its turn; then the other's.
    expect(done.indexOf("b1")).toBeLessThanOrEqual(3);
  });

  it("reads no bytes of films that wait", async () => {
    let inMemory = 0;
    let most = 0;
    const source = async (): Promise<Buffer> => {
      most = Math.max(most, ++inMemory);
      return Promise.resolve(film);
    };
    const one = async (): Promise<void> => {
      await reader.thumbnail(source, 64, "a");
      inMemory -= 1;
    };
    await Promise.all(Array.from({ length: 8 }, one));
    expect(most).toBeLessThanOrEqual(3);
  });
});
