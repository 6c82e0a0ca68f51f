/**
 * `npm run train -- --manifest M [--out DIR]`: trains, calibrates and writes
 * a model folder. Reproduces the committed model from the same data.
 */
import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";

import type * as tf from "@tensorflow/tfjs-core";

import { openEngine } from "../src/backend.ts";
import { repositoryRoot } from "../src/engine/locate.ts";
import { DEFAULT_MODEL } from "../src/models/default-model.ts";
import { defaultModelDir, modelsDirectory } from "../src/models/registry.ts";
import { readModelManifest } from "../src/models/weights.ts";
import { makersFrom } from "./makers.ts";
import { loadTensors } from "../training/net/checkpoint.ts";
import { blendWeights } from "../training/net/blend-weights.ts";
import { compareNet } from "../training/net/compare.ts";
import { fromScratch, originalShape } from "../training/net/comparison-nets.ts";
import { STANDARD_CONFIG, type TrainConfig } from "../training/net/config.ts";
import { isOwnFilm, isTrainedOn } from "../training/data/data-used.ts";
import { joinCaches, openFilmCache } from "../training/data/film-cache.ts";
import { fineTune } from "../training/net/fine-tune.ts";
import { loadModelWeights } from "../src/models/engine-weights.ts";
import { finishModel } from "../training/report/finish-model.ts";
import { readFilms } from "../training/data/films.ts";
import { readSources } from "../training/data/sources.ts";
import { useNativeRelu6Gradient } from "../training/net/native-gradients.ts";
import { validationSets } from "../training/data/validation-sets.ts";
import { writeGolden } from "../training/report/write-golden.ts";

const USAGE = `Trains a model and writes its folder.

  npm run train -- --manifest M [--out DIR]

  --manifest    the films' manifest; paths in it are relative to its folder
  --out         the model folder to write, models/<id> unless given
  --id          the model's id, the last part of --out unless given
  --phantoms    manifest of synthetic films, made by npm run phantom
  --not-chest   folder of pictures that are no chest films, with manifest.csv
  --pretrained  folder of the ImageNet weights of EfficientNet-Lite0
  --from        a model folder to go on from instead of the ImageNet weights
  --sources     JSON of what is known of the collections, the committed one
                unless given
  --set         JSON object of settings other than the standard ones
  --finish      skip training: finish the best weights of the run so named
  --compare     train the comparison nets of docs/experiments.md instead
  --by          who makes it, once for each person: a desk lets none of them
                approve it; needed where films are of no known collection
  --gate-films  true films the gate is trained on, 1500 unless given
`;

/** What a run looks at while it trains; the rest is for the end. */
const EARLY_SETS = new Set([
  "children-shifted",
  "children-devices",
  "adults",
  "adults-devices",
]);

interface Options {
  manifest: string;
  out: string;
  id: string;
  phantoms: string | null;
  notChest: string;
  pretrained: string;
  from: string | null;
  sources: string | undefined;
  config: TrainConfig;
  finishOnly: boolean;
  isComparison: boolean;
  gateFilms: number;
  by: readonly string[];
}

function readOptions(): Options | null {
  const { values } = parseArgs({
    options: {
      manifest: { type: "string" },
      out: { type: "string" },
      id: { type: "string" },
      phantoms: { type: "string" },
      "not-chest": { type: "string" },
      pretrained: { type: "string" },
      from: { type: "string" },
      sources: { type: "string" },
      set: { type: "string", default: "{}" },
      finish: { type: "boolean", default: false },
      compare: { type: "boolean", default: false },
      by: { type: "string", multiple: true, default: [] },
      "gate-films": { type: "string", default: "1500" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help || values.manifest === undefined) return null;
  const data = dirname(dirname(values.manifest));
  const out = resolve(values.out ?? join(modelsDirectory(), DEFAULT_MODEL));
  // Settings are typed by the run's own configuration, written beside it.
  const changes = JSON.parse(values.set) as Partial<TrainConfig>;
  return {
    manifest: values.manifest,
    out,
    id: values.id ?? out.split("/").at(-1) ?? DEFAULT_MODEL,
    phantoms: values.phantoms ?? null,
    notChest: values["not-chest"] ?? join(data, "not-chest"),
    pretrained:
      values.pretrained ?? join(data, "pretrained", "efficientnet-lite0"),
    from: values.from ?? null,
    sources: values.sources,
    config: { ...STANDARD_CONFIG, ...changes },
    finishOnly: values.finish,
    isComparison: values.compare,
    gateFilms: Number(values["gate-films"]),
    by: makersFrom(values.by),
  };
}

/** What a run found, as far from what it started from as the settings say. */
async function blended(
  found: Map<string, tf.Tensor>,
  { from, config }: Options,
): Promise<Map<string, tf.Tensor>> {
  if (from === null || config.blend === 1) return found;
  const before = await loadModelWeights(from, await readModelManifest(from));
  return blendWeights(before, found, config.blend);
}

/** The best weights of a finished run. */
async function bestOf(folder: string): Promise<Map<string, tf.Tensor>> {
  const saved = await loadTensors(folder, "best");
  if (saved === null) throw new Error(`there is no finished run in ${folder}`);
  return saved.tensors;
}

async function main(): Promise<void> {
  const options = readOptions();
  if (options === null) {
    process.stderr.write(USAGE);
    process.exitCode = 2;
    return;
  }
  if (!existsSync(options.manifest)) {
    process.stderr.write(`train: there is no manifest ${options.manifest}\n`);
    process.exitCode = 2;
    return;
  }
  const { config } = options;
  // The films first: what is wrong with them is told without an engine.
  const sources = await readSources(options.sources);
  const real = await readFilms(options.manifest, sources);
  const synthetic =
    options.phantoms === null ? [] : await readFilms(options.phantoms, sources);
  const learnt = [...real, ...synthetic].filter(isTrainedOn).length;
  process.stderr.write(
    `train: ${String(learnt)} of ${String(real.length + synthetic.length)} films to learn from, the rest to choose by\n`,
  );
  // Films for validation only teach nothing and belong to nobody's desk.
  const isOwn = real.some((row) => isTrainedOn(row) && isOwnFilm(row, sources));
  if (isOwn && options.by.length === 0)
    throw new Error(
      "train: there are films of no known collection among these, which are a site's own: say who makes the model with --by EMAIL.",
    );
  const base =
    options.from === null ? null : await readModelManifest(options.from);
  await openEngine("tensorflow");
  useNativeRelu6Gradient();
  const cacheFolder = join(repositoryRoot(), ".cache");
  const spec = {
    size: config.cacheSize,
    lowPercentile: 1,
    highPercentile: 99,
  };
  const open = (rows: typeof real): ReturnType<typeof openFilmCache> =>
    openFilmCache(
      rows.map((row) => row.file),
      spec,
      cacheFolder,
    );
  const cache = joinCaches([await open(real), await open(synthetic)]);
  const rows = [...real, ...synthetic];
  const sets = validationSets({ rows, cache, sources, size: config.size });
  const folder = join(cacheFolder, "runs", config.name);
  const early = sets.filter(({ name }) => EARLY_SETS.has(name));
  if (options.isComparison) {
    for (const make of [fromScratch, originalShape]) {
      const net = make(config.seed);
      const judged = validationSets({ rows, cache, sources, size: net.size });
      await compareNet(net, config, {
        rows,
        cache,
        sources,
        sets: judged,
        folder,
      });
    }
    return;
  }
  const found = options.finishOnly
    ? await bestOf(folder)
    : await fineTune(config, {
        rows,
        cache,
        sources,
        sets: early,
        pretrained: options.pretrained,
        from: options.from,
        folder,
      });
  const manifest = await finishModel(await blended(found, options), {
    ...options,
    base,
    rows,
    cache,
    sources,
    sets,
    cacheFolder,
  });
  if (options.out === defaultModelDir()) await writeGolden(options.out);
  process.stderr.write(
    `${manifest.id}: ${String(manifest.weights.parameters)} parameters, ` +
      `SHA-256 ${manifest.weights.sha256}, in ${options.out}\n` +
      `${JSON.stringify(manifest.metrics, null, 1)}\n`,
  );
}

await main();
