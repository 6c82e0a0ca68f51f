/** Where a run stands between two steps, so that it can go on from there. */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import type * as tf from "@tensorflow/tfjs-core";
import { z } from "zod";

import { loadTensors, saveTensors } from "../net/checkpoint.ts";

/** Two halves of the patients, each answered by what the other taught; then all. */
export const PHASES = ["fold-1", "fold-2", "all"] as const;
export type Phase = (typeof PHASES)[number];

const evaluation = z.object({
  phase: z.enum(PHASES),
  step: z.int(),
  /** Mean over the steps since the evaluation before. */
  loss: z.number(),
  /** Of the half that is held out; null where nothing is. */
  heldOutLoss: z.number().nullable(),
  auroc: z.number().nullable(),
  /** Mean difference of probabilities from the base's on rehearsed films. */
  drift: z.number().nullable(),
});
/** A point of the curves. */
export type Evaluation = z.infer<typeof evaluation>;

const noteSchema = z.object({
  /** Counts the states that were saved. */
  count: z.int(),
  phase: z.enum(PHASES),
  step: z.int(),
  random: z.int(),
  /** Losses since the last evaluation. */
  losses: z.array(z.number()),
  curve: z.array(evaluation),
  /** Answers to the held-out films by phase and step: logit and strongest. */
  heldOut: z.record(z.string(), z.array(z.tuple([z.number(), z.number()]))),
});
export type TuneNote = z.infer<typeof noteSchema>;

/** Written in turn: one of the two is whole whenever the machine stops. */
const NAMES = ["state-a", "state-b"] as const;

/** Writes a state; says which files it is in. */
export async function saveState(
  folder: string,
  tensors: ReadonlyMap<string, tf.Tensor>,
  note: TuneNote,
): Promise<string> {
  const name = NAMES[note.count % NAMES.length] ?? NAMES[0];
  await saveTensors(folder, name, tensors, note);
  return name;
}

/** The newest state that is whole, or null. */
export async function loadState(
  folder: string,
): Promise<{ tensors: Map<string, tf.Tensor>; note: TuneNote } | null> {
  const found = await Promise.all(NAMES.map((name) => noteOf(folder, name)));
  const [newest] = found
    .flatMap((one) => (one === null ? [] : [one]))
    .sort((a, b) => b.note.count - a.note.count);
  if (newest === undefined) return null;
  const saved = await loadTensors(folder, newest.name);
  return saved === null ? null : { tensors: saved.tensors, note: newest.note };
}

const fileSchema = z.object({ sha256: z.string(), note: noteSchema });

/** Null where the pair is not there or not whole. */
async function noteOf(
  folder: string,
  name: string,
): Promise<{ name: string; note: TuneNote } | null> {
  const path = join(folder, name);
  if (!existsSync(`${path}.json`) || !existsSync(`${path}.bin`)) return null;
  const parsed = fileSchema.safeParse(
    JSON.parse(await readFile(`${path}.json`, "utf8")),
  );
  if (!parsed.success) return null;
  const bytes = await readFile(`${path}.bin`);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return sha256 === parsed.data.sha256
    ? { name, note: parsed.data.note }
    : null;
}
