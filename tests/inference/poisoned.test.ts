/**
 * A candidate that was made of a set in which one label of five is turned: with
 * the committed model, real runs of `recalibrate`, and the bars as shipped.
 */
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import {
  createClassifier,
  decodeFilm,
  defaultModelDir,
  readModelManifest,
} from "@lung-iris/inference";
import { encodePhantomPng, makePhantom } from "@lung-iris/phantom";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SHIPPED_BARS } from "../../apps/api/src/features/bars/shipped-bars.ts";
import { judge } from "../../apps/api/src/features/judgements/judge.rules.ts";
import {
  answerOf,
  type FilmAnswer,
} from "../../apps/api/src/features/judgements/judged-film.ts";
import type { KnownFilm } from "../../apps/api/src/features/known-films/known-film.ts";
import { parseModelManifest } from "../../apps/api/src/features/models/model-manifest.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const run = promisify(execFile);
const MINUTES = 60_000;
/** As many as a recalibration needs, and as many as a bar on the site's films. */
const TO_LEARN = 110;
const EVERGREEN = 110;
/** Of five labels one is the other one. */
const TURNED = 5;

interface Drawn {
  film: KnownFilm;
  bytes: Buffer;
}

async function drawn(at: number): Promise<Drawn> {
  const isSick = at % 2 === 0;
  const phantom = makePhantom({
    seed: 81_000 + at,
    size: 192,
    ageYears: 50,
    pathology: isSick ? "consolidation" : "none",
  });
  return {
    bytes: Buffer.from(await encodePhantomPng(phantom, { bits: 8 })),
    film: {
      set: "EVERGREEN",
      patient: `p${String(at)}`,
      isSick,
      ageYears: 50,
      sex: null,
      source: "site",
      regions: [],
    },
  };
}

describe("a set with one label of five turned", () => {
  let folder: string;
  let evergreen: Drawn[];
  let live: FilmAnswer[];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "lung-iris-poisoned-"));
    const head = "file,split,label,patient_id,age,may_train";
    const lines = { right: [head], turned: [head] };
    for (let at = 0; at < TO_LEARN; at += 1) {
      const { film, bytes } = await drawn(at);
      const file = `${String(at)}.png`;
      await writeFile(join(folder, file), bytes);
      const row = (isSick: boolean) =>
        `${file},train,${isSick ? "pneumonia" : "normal"},${film.patient},50,yes`;
      lines.right.push(row(film.isSick));
      lines.turned.push(row(film.isSick !== (at % TURNED === 0)));
    }
    for (const [name, rows] of Object.entries(lines))
      await writeFile(join(folder, `${name}.csv`), `${rows.join("\n")}\n`);
    evergreen = [];
    for (let at = 0; at < EVERGREEN; at += 1)
      evergreen.push(await drawn(TO_LEARN + at));
    live = await answers(defaultModelDir());
  }, 20 * MINUTES);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function answers(modelDir: string): Promise<FilmAnswer[]> {
    const manifest = parseModelManifest(await readModelManifest(modelDir));
    const classifier = await createClassifier({ modelDir, engine: "wasm" });
    const said: FilmAnswer[] = [];
    try {
      for (const { film, bytes } of evergreen) {
        const picture = await decodeFilm(bytes);
        const assessment = await classifier.assess(picture, { ageYears: 50 });
        said.push(answerOf(assessment, manifest, film));
      }
    } finally {
      classifier.dispose();
    }
    return said;
  }

  /** What the bars on the site's films say of the candidate of a manifest. */
  async function judgedOn(name: "right" | "turned") {
    const out = join(folder, name);
    await run(
      process.execPath,
      [
        ...["--import", "tsx", "packages/inference/bin/recalibrate.ts"],
        ...["--manifest", join(folder, `${name}.csv`)],
        ...["--model", "lung-iris-3", "--out", out, "--by", "a@site.example"],
      ],
      { cwd: root },
    );
    const candidate = await answers(out);
    const films = evergreen.flatMap(({ film }, at) => {
      const [said, was] = [candidate[at], live[at]];
      return said && was ? [{ ...film, candidate: said, live: was }] : [];
    });
    return judge(SHIPPED_BARS, films).filter(
      ({ set, measure }) => set === "EVERGREEN" && measure !== "MILLISECONDS",
    );
  }

  it(
    "makes a candidate that the bars stop, by what they are missed by",
    async () => {
      const outcomes = await judgedOn("turned");
      const blocking = outcomes.filter(({ blocks }) => blocks);
      expect(blocking).toContainEqual(
        expect.objectContaining({
          measure: "ECE",
          dimension: "all",
          films: EVERGREEN,
          outcome: "MISSED",
        }),
      );
      // Each group that has films enough says so for itself.
      expect(blocking.map(({ group }) => group)).toContain("adult");
    },
    10 * MINUTES,
  );

  it(
    "is told from the same films with right labels",
    async () => {
      const outcomes = await judgedOn("right");
      expect(outcomes.filter(({ blocks }) => blocks)).toEqual([]);
    },
    10 * MINUTES,
  );
});
