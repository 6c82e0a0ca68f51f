/**
 * A simulated hospital: phantoms with faint opacities and another exposure,
 * through the committed model. Its probabilities are wrong there;
 * `npm run recalibrate` mends them.
 */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import {
  createClassifier,
  decodeFilm,
  defaultModelDir,
  readSealedManifest,
  trainingPatient,
} from "@lung-iris/inference";
import { encodePhantomPng, makePhantom } from "@lung-iris/phantom";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";

const root = fileURLToPath(new URL("../..", import.meta.url));
const run = promisify(execFile);
const FILMS = 160;
const TO_FIT = 120;
/** Of the tone curve: darker middle greys than any film it was fitted on. */
const GAMMA = 1.8;

async function film(seed: number): Promise<Uint8Array> {
  const phantom = makePhantom({
    seed: 5_000 + seed,
    size: 192,
    ageYears: 50,
    pathology: seed % 2 === 0 ? "consolidation" : "none",
    density: 0.4,
    extent: 0.4,
  });
  const { maxValue } = phantom;
  const pixels = phantom.pixels.map((value) =>
    Math.round(maxValue * (value / maxValue) ** GAMMA),
  );
  return encodePhantomPng({ ...phantom, pixels }, { bits: 8 });
}

describe("npm run recalibrate", () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "lung-iris-recalibrate-"));
    const rows = ["file,split,label,patient_id,age,may_train"];
    for (let seed = 0; seed < FILMS; seed += 1) {
      await writeFile(join(folder, `${String(seed)}.png`), await film(seed));
      const split = seed < TO_FIT ? "train" : "test";
      const label = seed % 2 === 0 ? "pneumonia" : "normal";
      rows.push(
        `${String(seed)}.png,${split},${label},p${String(seed)},50,yes`,
      );
    }
    await writeFile(join(folder, "manifest.csv"), `${rows.join("\n")}\n`);
    await writeFile(
      join(folder, "few.csv"),
      `${rows.slice(0, 31).join("\n")}\n`,
    );
  }, 300_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const recalibrate = (...args: string[]) =>
    run(
      process.execPath,
      ["--import", "tsx", "packages/inference/bin/recalibrate.ts", ...args],
      { cwd: root },
    );

  it("writes a candidate that loads and whose probabilities mean what they say", async () => {
    const out = join(folder, "candidate");
    const { stderr } = await recalibrate(
      ...["--manifest", join(folder, "manifest.csv")],
      ...["--model", "lung-iris-3", "--out", out],
      ...["--by", "Maker@Site.example", "--by", "other@site.example"],
      ...["--plots", join(folder, "plots")],
    );
    expect(stderr).toContain("child: 0 films to fit on");
    const base = await readSealedManifest(defaultModelDir());
    const made = await readSealedManifest(out);
    expect(made.manifest.id).toBe("candidate");
    expect(made.folderSha256).not.toBe(base.folderSha256);
    expect(made.manifest.weights).toEqual(base.manifest.weights);
    const [finding] = made.manifest.findings;
    const [old] = base.manifest.findings;
    expect(finding?.calibration.child).toEqual(old?.calibration.child);
    expect(finding?.calibration.adult).toMatchObject({
      films: TO_FIT,
      mapWeight: old?.calibration.adult.mapWeight,
    });
    expect(made.manifest.training["recalibration"]).toMatchObject({
      base: { id: "lung-iris-3", folderSha256: base.folderSha256 },
      fitted: ["adult"],
      kept: ["child", "default"],
      by: ["maker@site.example", "other@site.example"],
    });
    // Whom it learnt from: those of the fit, none of the evergreen test.
    const { patients } = z
      .object({ patients: z.array(z.string()) })
      .parse(made.manifest.training["recalibration"]);
    expect(patients).toEqual(
      Array.from({ length: TO_FIT }, (_, seed) =>
        trainingPatient(`p${String(seed)}`),
      ).sort(),
    );
    // Films that no fit saw: measured before and after.
    const ece = (set: string) =>
      made.manifest.metrics[set]?.["ece"]?.value ?? Number.NaN;
    expect(ece("site-adult-before")).toBeGreaterThan(0.15);
    expect(ece("site-adult-after")).toBeLessThan(ece("site-adult-before") / 2);
    expect(ece("site-adult-evergreen-after")).toBeLessThan(
      ece("site-adult-evergreen-before"),
    );
    expect(stderr).toMatch(/ece +0\.\d{3} \(.+\) +-> 0\.\d{3}/);
    for (const part of ["before", "after"])
      expect(await readdir(join(folder, "plots", part))).toContain(
        "reliability.png",
      );

    const classifier = await createClassifier({
      modelDir: out,
      engine: "wasm",
    });
    const before = await createClassifier({
      modelDir: defaultModelDir(),
      engine: "wasm",
    });
    try {
      const picture = await decodeFilm(Buffer.from(await film(0)));
      const said = (await classifier.assess(picture, { ageYears: 50 }))
        .findings[0];
      const was = (await before.assess(picture, { ageYears: 50 })).findings[0];
      expect(said?.score).toBeCloseTo(was?.score ?? Number.NaN);
      expect(said?.probability).not.toBeCloseTo(was?.probability ?? 0, 2);
    } finally {
      classifier.dispose();
      before.dispose();
    }
  }, 300_000);

  it("ends where it takes more memory than it may, and writes nothing", async () => {
    const out = join(folder, "too-large");
    const failed = await recalibrate(
      ...["--manifest", join(folder, "manifest.csv"), "--memory", "64"],
      ...["--model", "lung-iris-3", "--out", out, "--by", "maker@site.example"],
    ).catch((error: unknown) => error);
    expect(failed).toMatchObject({
      code: 73,
      stderr: expect.stringMatching(/took \d+ MB of the 64 that it may/u),
    });
    expect(existsSync(out)).toBe(false);
  }, 300_000);

  it("writes nothing where there are too few films, and says how many there are", async () => {
    const out = join(folder, "none");
    const failed = await recalibrate(
      ...["--manifest", join(folder, "few.csv")],
      ...["--model", "lung-iris-3", "--out", out],
      ...["--by", "maker@site.example"],
    ).catch((error: unknown) =>
      z.object({ code: z.number(), stderr: z.string() }).parse(error),
    );
    expect(failed).toMatchObject({ code: 1 });
    expect(failed.stderr).toContain(
      "adult: 30 films to fit on, 15 with pneumonia and 15 without",
    );
    await expect(readFile(join(out, "manifest.json"))).rejects.toThrow(
      "ENOENT",
    );
  }, 300_000);

  it("makes nothing without saying who makes it", async () => {
    const out = ["--out", join(folder, "nobody")];
    const of = [
      "--manifest",
      join(folder, "few.csv"),
      "--model",
      "lung-iris-3",
    ];
    for (const [by, said] of [
      [[], "--by EMAIL"],
      [["--by", "somebody"], "no email address"],
    ] as const)
      await expect(recalibrate(...of, ...out, ...by)).rejects.toThrow(said);
  }, 300_000);
});
