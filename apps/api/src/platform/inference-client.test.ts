import { AS_STORED } from "@lung-iris/inference";
import { encodePhantomPng, makePhantom } from "@lung-iris/phantom";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  createFilmReader,
  type FilmReader,
  type FilmSource,
} from "./inference-client.ts";

type Asked = (reader: FilmReader, film: FilmSource) => Promise<unknown>;

/** Everything that somebody at a page may ask for, as often as he likes. */
const asked: [string, Asked][] = [
  [
    "small pictures",
    (reader, film) => reader.thumbnail(film, 64, "a", AS_STORED),
  ],
  ["drawings", (reader, film) => reader.drawings(film, "a")],
  ["headers", (reader, film) => reader.readHeader(film, "a")],
  [
    "files with less in them",
    (reader, film) => reader.leaveOut(film, ["private"], "a"),
  ],
];

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

  it.each(asked)("reads no bytes of films that wait: %s", async (_, ask) => {
    let inMemory = 0;
    let most = 0;
    const source = async (): Promise<Buffer> => {
      most = Math.max(most, ++inMemory);
      return Promise.resolve(film);
    };
    const one = async (): Promise<void> => {
      await ask(reader, source);
      inMemory -= 1;
    };
    await Promise.all(Array.from({ length: 8 }, one));
    expect(most).toBeLessThanOrEqual(3);
  });

  it("lets one's many headers hold up nobody else's film", async () => {
    const done: string[] = [];
    const header = async (): Promise<void> => {
      await reader.readHeader(() => Promise.resolve(film), "a");
      done.push("header");
    };
    const picture = async (): Promise<void> => {
      await reader.thumbnail(() => Promise.resolve(film), 64, "b", AS_STORED);
      done.push("picture");
    };
    await Promise.all([...Array.from({ length: 12 }, header), picture()]);
    expect(done.indexOf("picture")).toBeLessThanOrEqual(3);
  });
});
