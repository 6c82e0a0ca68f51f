/**
 * What is known of the collections that films come from, as data: nothing of
 * training or its figures names a collection in code. `sources.json` is the
 * committed model's; `npm run train -- --sources FILE` takes another.
 */
import { readFile } from "node:fs/promises";

import { z } from "zod";

const labelSchema = z.enum(["normal", "pneumonia", "other"]);

const collectionSchema = z.object({
  licence: z.string(),
  attribution: z.string(),
  /** The age group of every film of it, where its rows do not tell. */
  ages: z.enum(["child", "adult"]).optional(),
  /** Pneumonias are graded viral or bacterial. */
  isGraded: z.boolean().default(false),
  /** A normal film of it has no other finding either: radiologists read it. */
  normalIsClear: z.boolean().default(false),
});

const drawSchema = z.object({
  name: z.string(),
  /** Part of the films drawn, among all draws that have members. */
  share: z.number().positive(),
  source: z.string(),
  label: labelSchema,
  view: z.string().optional(),
});

const setSchema = z.object({
  name: z.string(),
  split: z.string(),
  only: z.array(z.string()).optional(),
  without: z.array(z.string()).optional(),
});

const sourcesSchema = z.object({
  collections: z.record(z.string(), collectionSchema),
  /** Values of `label_source` whose labels were mined from report text. */
  minedLabels: z.array(z.string()),
  /**
   * Which films make a batch. Shares are chosen so that neither collection
   * nor view nor age tells the label: within children, within bedside (AP)
   * and standing (PA) adults as many films with as without pneumonia;
   * collections without normals weigh little.
   */
  draws: z.array(drawSchema),
  /** Validation sets. */
  sets: z.array(setSchema),
  /** Splits whose films measure the findings beside pneumonia. */
  findingSplits: z.array(z.string()),
});

export type Sources = z.infer<typeof sourcesSchema>;
export type Draw = Sources["draws"][number];

/** Reads a configuration of sources; the committed one unless named. */
export async function readSources(path?: string): Promise<Sources> {
  const text = await readFile(
    path ?? new URL("sources.json", import.meta.url),
    "utf8",
  );
  return sourcesSchema.parse(JSON.parse(text));
}
