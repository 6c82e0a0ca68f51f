/** The gate: films gathered, head fitted, rule chosen, kinds held out. */
import type * as tf from "@tensorflow/tfjs-core";

import type { FilmCache } from "../data/film-cache.ts";
import { GATE_CLASSES } from "./gate-films.ts";
import {
  chooseGateRule,
  refusedShare,
  scoreGate,
  type GateScore,
} from "./gate-judge.ts";
import {
  brokenPictures,
  drawnPictures,
  gateSetOf,
  goodPictures,
  otherPictures,
  subset,
  type GatePicture,
} from "./gate-set.ts";
import { trainGateHead, type GateSet } from "./gate-train.ts";
import type { ScoreNet } from "./score-net.ts";
import type { FilmRow } from "../data/films.ts";
import { Random } from "../data/random.ts";

/** What the gate is made from. */
export interface GateInputs {
  rows: readonly FilmRow[];
  cache: FilmCache;
  /** Kinds of the pictures that are no chest films, in the order of `others`. */
  otherKinds: readonly string[];
  others: FilmCache;
  seed: number;
  /** True films to train on; the other kinds follow in proportion. */
  films: number;
}

/** The fitted gate and what it did to pictures it had not seen. */
export interface GateFit {
  weights: Map<string, tf.Tensor>;
  rule: { acceptFrom: number; maxDistance: number };
  refusedTrue: KindShares;
  refusedWrong: KindShares;
  /** Share refused of a kind that was left out of training. */
  heldOutKinds: KindShares;
}

/** Share refused and pictures counted, by kind. */
type KindShares = Record<string, { share: number; count: number }>;

const EPOCHS = 14;
/** True films the rule is chosen on, at most. */
const JUDGED = 1500;
/** Part of true films that the rule may lose on films it is chosen on. */
const LOST = 0.004;

/** Fits head and rule on features of the given net. */
export async function fitGate(
  net: ScoreNet,
  inputs: GateInputs,
): Promise<GateFit> {
  const random = new Random(inputs.seed);
  const { rows, cache } = inputs;
  const { size } = net;
  const pick = (is: (row: FilmRow) => boolean): number[] =>
    rows.flatMap((row, at) => (is(row) ? [at] : []));
  const trainRows = pick((r) => r.split === "train" && r.mayTrain);
  const phantomRows = pick((r) => r.source === "phantom");
  const judgeRows = pick(
    (r) => ["val", "adult-val", "mask-val"].includes(r.split) || !r.mayTrain,
  );
  const chosen = spread(rows, trainRows, inputs.films, random);
  const isForTraining = (at: number): boolean => at % 4 !== 0;
  const kinds = inputs.otherKinds;
  const training: GatePicture[] = [
    ...goodPictures(rows, chosen, cache, size),
    ...goodPictures(rows, phantomRows.filter(isForTraining), cache, size),
    ...brokenPictures(chosen, cache, size, Math.round(inputs.films / 10)),
    ...otherPictures(kinds, inputs.others, size, (kind) =>
      Math.round(inputs.films / (kind === "chest_lateral" ? 90 : 290)),
    ),
    ...drawnPictures(Math.round(inputs.films / 5), size),
  ];
  const set = await gateSetOf(training, net, random);
  const judged: GatePicture[] = [
    ...goodPictures(rows, thinned(judgeRows, JUDGED), cache, size),
    ...goodPictures(
      rows,
      phantomRows.filter((at) => !isForTraining(at)),
      cache,
      size,
    ),
    ...brokenPictures(judgeRows, cache, size, 40),
  ];
  const judgedSet = await gateSetOf(judged, net, random);
  const weights = trainGateHead(set, GATE_CLASSES.length, {
    epochs: EPOCHS,
    seed: inputs.seed,
  });
  const scores = scoreGate(judgedSet, weights);
  const good = scores.filter((_, at) => judgedSet.classes[at] === 0);
  const rule = chooseGateRule(good, LOST);
  const byKind = shareByKind(judged, scores, rule);
  return {
    weights,
    rule,
    refusedTrue: filterKeys(byKind, (kind) => kind.startsWith("film:")),
    refusedWrong: filterKeys(byKind, (kind) => !kind.startsWith("film:")),
    heldOutKinds: judgeHeldOut(training, set, good.length, judgedSet, inputs),
  };
}

/** Leaves every kind out in turn and sees whether it is refused anyway. */
function judgeHeldOut(
  training: readonly GatePicture[],
  set: GateSet,
  goodCount: number,
  judgedSet: GateSet,
  inputs: GateInputs,
): KindShares {
  const shares: KindShares = {};
  const good = subset(judgedSet, (at) => judgedSet.classes[at] === 0);
  for (const kind of new Set(inputs.otherKinds)) {
    const without = subset(set, (at) => training[at]?.kind !== kind);
    const weights = trainGateHead(without, GATE_CLASSES.length, {
      epochs: Math.ceil(EPOCHS / 2),
      seed: inputs.seed,
    });
    const rule = chooseGateRule(scoreGate(good, weights), LOST);
    const left = subset(set, (at) => training[at]?.kind === kind);
    const share = refusedShare(scoreGate(left, weights), rule);
    shares[kind] = { share, count: left.classes.length };
    for (const tensor of weights.values()) tensor.dispose();
    process.stderr.write(
      `gate without ${kind}: ${(share * 100).toFixed(1)} % refused (${String(goodCount)} true films)\n`,
    );
  }
  return shares;
}

function shareByKind(
  pictures: readonly GatePicture[],
  scores: readonly GateScore[],
  rule: { acceptFrom: number; maxDistance: number },
): KindShares {
  const groups = groupBy(scores, (_, at) => pictures[at]?.kind ?? "");
  return Object.fromEntries(
    Array.from(groups, ([kind, members]) => [
      kind,
      { share: refusedShare(members, rule), count: members.length },
    ]),
  );
}

function filterKeys(
  record: KindShares,
  is: (key: string) => boolean,
): KindShares {
  return Object.fromEntries(Object.entries(record).filter(([key]) => is(key)));
}

/** At most `count` of the rows, evenly spread over them. */
function thinned(rows: readonly number[], count: number): number[] {
  const step = Math.max(1, rows.length / count);
  return rows.filter((_, at) => Math.floor(at % step) === 0);
}

/** About `count` rows, no collection more than a third of them. */
function spread(
  rows: readonly FilmRow[],
  indices: readonly number[],
  count: number,
  random: Random,
): number[] {
  const bySource = groupBy(indices, (at) => rows[at]?.source ?? "");
  const chosen: number[] = [];
  for (const members of bySource.values()) {
    const shuffledMembers = members
      .map((at) => ({ at, key: random.next() }))
      .sort((a, b) => a.key - b.key)
      .map(({ at }) => at);
    chosen.push(...shuffledMembers.slice(0, Math.round(count / 3)));
  }
  return chosen
    .map((at) => ({ at, key: random.next() }))
    .sort((a, b) => a.key - b.key)
    .slice(0, count)
    .map(({ at }) => at);
}

function groupBy<T>(
  items: readonly T[],
  keyOf: (item: T, at: number) => string,
): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const [at, item] of items.entries()) {
    const key = keyOf(item, at);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
