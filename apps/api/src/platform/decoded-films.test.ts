import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DecodedFilms } from "./decoded-films.ts";

describe("films that wait decoded", () => {
  let dataFolder: string;
  let door: DecodedFilms;
  beforeEach(async () => {
    dataFolder = await mkdtemp(join(tmpdir(), "lung-iris-waiting-"));
    door = new DecodedFilms(dataFolder);
    await door.clear();
  });
  afterEach(() => rm(dataFolder, { recursive: true }));

  const names = () => readdir(join(dataFolder, "decoded"));
  const leave = async (sha256: string): Promise<void> => {
    const place = await door.placeFor(sha256);
    if (place === null) throw new Error("no place");
    await writeFile(place, "samples");
  };

  it("are one worker's, and gone when it drops them", async () => {
    await leave("a");
    const worker = new DecodedFilms(dataFolder);
    const taken = await Promise.all([worker.take("a"), worker.take("a")]);
    const [mine, ...others] = taken.filter((path) => path !== null);
    expect(others).toEqual([]);
    await worker.drop(mine ?? "");
    expect(await names()).toEqual([]);
    expect(await worker.take("a")).toBeNull();
  });

  it("are no more than so many, until some were taken", async () => {
    for (let at = 0; at < 256; at++) await leave(`film-${String(at)}`);
    expect(await door.placeFor("one-more")).toBeNull();
    await door.drop((await door.take("film-0")) ?? "");
    expect(await door.placeFor("one-more")).not.toBeNull();
    expect(await door.placeFor("another")).toBeNull();
  });

  it("go when nobody takes them, those that a dead worker took too", async () => {
    await leave("a");
    await leave("b");
    await door.take("b");
    await door.purge(60_000);
    expect(await names()).toHaveLength(2);
    await door.purge(0);
    expect(await names()).toEqual([]);
  });

  it("go when a program starts: it may decode otherwise", async () => {
    await leave("a");
    await new DecodedFilms(dataFolder).clear();
    expect(await door.take("a")).toBeNull();
  });

  it("are no film's end where there is no folder", async () => {
    await rm(join(dataFolder, "decoded"), { recursive: true });
    expect(await door.take("a")).toBeNull();
    await expect(door.purge(0)).resolves.toBeUndefined();
  });
});
