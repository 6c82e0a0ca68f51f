import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  choosePublicFilms,
  publicFilms,
  PublicFilmsError,
} from "./public-films.ts";

const REAL = fileURLToPath(
  new URL("../../../../../../shared/data/cxr/manifest.csv", import.meta.url),
);

describe("public films of the reference set", () => {
  let folder: string;
  let manifest: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "lung-iris-public-"));
    manifest = join(folder, "manifest.csv");
    const rows = ["file,split,label,patient_id,age,sex,boxes,source"];
    const add = (source: string, split: string, label: string, count: number) =>
      Array.from({ length: count }, (_, at) =>
        rows.push(
          `${source}-${split}-${label}-${String(at)}.png,${split},${label},p,7,F,"[[1,2,3,4]]",${source}`,
        ),
      );
    add("many", "val", "pneumonia", 60);
    add("many", "val", "normal", 50);
    add("many", "val", "other", 50);
    add("many", "train", "normal", 50);
    add("few", "adult-val", "pneumonia", 30);
    add("few", "adult-val", "normal", 7);
    await writeFile(manifest, `${rows.join("\n")}\n`);
  });
  afterAll(() => rm(folder, { recursive: true }));

  it("are those of validation, so many of each source, the same each time", async () => {
    const { rows, manifestSha256 } = await choosePublicFilms(manifest);
    expect(manifestSha256).toMatch(/^[0-9a-f]{64}$/u);
    expect(new Set(rows.map(({ source }) => source))).toEqual(
      new Set(["many"]),
    );
    expect(new Set(rows.map(({ split }) => split))).toEqual(new Set(["val"]));
    const sick = rows.filter(({ label }) => label === "pneumonia");
    expect([rows.length, sick.length]).toEqual([80, 40]);
    expect((await choosePublicFilms(manifest)).rows).toEqual(rows);
  });

  it("come with their bytes and what is known of them", async () => {
    const chosen = await choosePublicFilms(manifest);
    const [first] = chosen.rows.filter(({ label }) => label === "pneumonia");
    if (first === undefined) throw new Error("no film");
    await writeFile(first.path, "bytes");
    const films = publicFilms({ ...chosen, rows: [first] });
    expect((await films.next()).value).toEqual({
      bytes: Buffer.from("bytes"),
      film: {
        set: "REFERENCE",
        patient: "many p",
        isSick: true,
        ageYears: 7,
        sex: "F",
        source: "many",
        regions: [{ x: 1, y: 2, width: 3, height: 4 }],
      },
    });
  });

  it("say what is missing where they are not there", async () => {
    await expect(choosePublicFilms(join(folder, "none.csv"))).rejects.toThrow(
      PublicFilmsError,
    );
    const chosen = await choosePublicFilms(manifest);
    const rest = publicFilms({ ...chosen, rows: chosen.rows.slice(-1) });
    await expect(rest.next()).rejects.toThrow(PublicFilmsError);
  });

  it.skipIf(!existsSync(REAL))(
    "are there of children and adults in the collections that the model knows (needs ../shared/data)",
    async () => {
      const { rows } = await choosePublicFilms(REAL);
      expect(rows.length).toBeGreaterThanOrEqual(160);
      expect(new Set(rows.map(({ source }) => source)).size).toBeGreaterThan(1);
      expect(rows.filter(({ split }) => split === "train")).toEqual([]);
    },
  );
});
