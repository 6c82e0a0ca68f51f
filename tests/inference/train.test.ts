import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import {
  availableEngines,
  createClassifier,
  decodeFilm,
  defaultModelDir,
  readSealedManifest,
  trainingPatient,
} from "@lung-iris/inference";
import {
  encodePhantomDicom,
  encodePhantomPng,
  makeNotAChest,
  makePhantom,
} from "@lung-iris/phantom";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const run = promisify(execFile);
const FILMS = 20;
const SIDE = 256;

/** A film of a made-up person: PNG or DICOM, for training or validation. */
function film(seed: number) {
  const isSick = seed % 2 === 0;
  const phantom = makePhantom({
    seed,
    width: SIDE,
    height: SIDE,
    pathology: isSick ? "consolidation" : "none",
  });
  const isDicom = seed % 4 >= 2;
  return {
    phantom,
    name: `film-${String(seed)}.${isDicom ? "dcm" : "png"}`,
    bytes: isDicom
      ? encodePhantomDicom(phantom, {
          familyName: "Made",
          givenName: "Up",
          id: `P-${String(seed)}`,
          sex: "F",
          birthDate: "19700101",
          ageYears: 55,
        })
      : encodePhantomPng(phantom),
    label: isSick ? "pneumonia" : "normal",
    split: seed % 5 < 2 ? "val" : "train",
    age: seed % 3 === 0 ? 5 : 60,
  };
}

const native = availableEngines().includes("tensorflow");

/** Twenty films and one step say nothing of quality: the path is what counts. */
describe.skipIf(!native)(
  "training on anybody's films (needs npm run engine:native)",
  () => {
    let folder: string;
    const name = `test-${String(process.pid)}`;

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), "lung-iris-train-"));
      await mkdir(join(folder, "others"));
      const rows = ["file,split,label,patient_id,age,may_train"];
      for (let seed = 0; seed < FILMS; seed += 1) {
        const made = film(seed);
        await writeFile(join(folder, made.name), await made.bytes);
        const cells = [made.name, made.split, made.label, `p${String(seed)}`];
        rows.push([...cells, made.age, "yes"].join(","));
      }
      await writeFile(join(folder, "manifest.csv"), `${rows.join("\n")}\n`);
      const others = ["file,kind"];
      for (const kind of ["hand", "text-page"] as const) {
        const file = `${kind}.png`;
        await writeFile(
          join(folder, "others", file),
          await encodePhantomPng(makeNotAChest(kind, 1)),
        );
        others.push(`${file},${kind}`);
      }
      await writeFile(
        join(folder, "others", "manifest.csv"),
        `${others.join("\n")}\n`,
      );
    });

    afterAll(async () => {
      await rm(folder, { recursive: true, force: true });
      await rm(join(root, ".cache", "runs", name), {
        recursive: true,
        force: true,
      });
    });

    it("ends with a model folder that is sealed, loads and answers", async () => {
      const out = join(folder, "model");
      await run(
        process.execPath,
        [
          ...["--import", "tsx", "packages/inference/bin/train.ts"],
          ...["--manifest", join(folder, "manifest.csv")],
          ...["--not-chest", join(folder, "others")],
          ...["--from", defaultModelDir(), "--out", out, "--gate-films", "290"],
          ...["--by", "Mai@Site.Example"],
          "--set",
          JSON.stringify({
            name,
            steps: 1,
            batch: 4,
            looks: 1,
            recalibrateFilms: 4,
            evaluateEvery: 1,
            size: 96,
            cacheSize: 112,
          }),
        ],
        { cwd: root, maxBuffer: 64 * 1024 * 1024 },
      );
      const { manifest } = await readSealedManifest(out);
      expect(manifest.id).toBe("model");
      expect(manifest.training["by"]).toEqual(["mai@site.example"]);
      // Of the split train; those of val chose, and are of nobody learnt from.
      expect(manifest.training["patients"]).toContain(trainingPatient("p2"));
      expect(manifest.training["patients"]).not.toContain(
        trainingPatient("p0"),
      );
      // The committed model's weights were changed by the step.
      const committed = await readFile(join(defaultModelDir(), "weights.bin"));
      const trained = await readFile(join(out, "weights.bin"));
      expect(trained.equals(committed)).toBe(false);
      // What these films cannot tell is left out, not made up.
      const figures = Object.values(manifest.metrics).flatMap((set) =>
        Object.values(set),
      );
      expect(figures.length).toBeGreaterThan(0);
      for (const { value } of figures) expect(value).not.toBeNaN();

      const classifier = await createClassifier({
        modelDir: out,
        engine: "wasm",
      });
      try {
        const picture = await decodeFilm(await film(2).bytes);
        const { gate } = await classifier.assess(picture, {});
        expect(["assessed", "not-assessed"]).toContain(gate.status);
      } finally {
        classifier.dispose();
      }
    }, 300_000);
  },
);
