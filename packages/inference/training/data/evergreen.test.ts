import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { readFilms } from "./films.ts";
import { Random } from "./random.ts";
import { Sampler } from "./sampler.ts";
import { readSources } from "./sources.ts";

describe("films of the evergreen test", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "lung-iris-evergreen-"));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const read = async (lines: readonly string[]) => {
    const path = join(folder, "manifest.csv");
    const text = ["file,split,label,patient_id,may_train", ...lines].join("\n");
    await writeFile(path, text);
    return readFilms(path, await readSources());
  };

  it("never reach a run, even where the row says that they may", async () => {
    const rows = await read([
      "a.png,train,normal,p1,yes",
      "b.png,test,pneumonia,p2,yes",
      "c.png,val,normal,p3,no",
      "d.png,test,normal,p4,no",
    ]);
    expect(rows.map(({ split }) => split)).toEqual(["train", "val"]);
  });

  it("end the run where their patient is in another split as well", async () => {
    await expect(
      read(["a.png,train,normal,p1,yes", "b.png,test,normal,p1,no"]),
    ).rejects.toThrow("p1 among them");
  });

  it("are nothing to train on by themselves", async () => {
    const rows = await read(["b.png,test,pneumonia,p2,yes"]);
    const sources = await readSources();
    expect(() => new Sampler(rows, sources, new Random(1))).toThrow(
      "no film may be trained on",
    );
  });
});
