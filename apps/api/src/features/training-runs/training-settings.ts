import { z } from "zod";

/** Megabytes that a run may take; the trainer ends one that takes more. */
const memoryMegabytes = z.int().min(512).max(65_536).default(2_048);

const recalibration = z.strictObject({ memoryMegabytes });

/** As in packages/inference/training/tune, where they are used and explained. */
const fineTuning = z.strictObject({
  memoryMegabytes,
  steps: z.int().min(1).max(20_000).default(600),
  evaluateEvery: z.int().min(1).max(20_000).default(100),
  batch: z.int().min(4).max(256).default(32),
  rate: z.number().positive().max(0.1).default(1e-3),
  looks: z.int().min(0).max(16).default(3),
  keepWeight: z.number().min(0).max(10).default(2),
  /** Synthetic films to rehearse where the base's own are not at hand. */
  phantoms: z.int().min(8).max(2_000).default(200),
  /** Null: the native one where the trainer has it. */
  engine: z.enum(["wasm", "tensorflow"]).nullable().default(null),
});

export const SETTINGS = {
  RECALIBRATE: recalibration,
  FINE_TUNE: fineTuning,
} as const;

/** What a run is made with: one shape of each kind, all of it set. */
export type RecalibrationSettings = z.output<typeof recalibration>;
export type FineTuningSettings = z.output<typeof fineTuning>;
export type TrainingSettings = RecalibrationSettings | FineTuningSettings;

/** Where a run goes on from: files in the object store by their hash. */
export const checkpointSchema = z.object({
  phase: z.string(),
  step: z.int(),
  files: z.array(z.object({ name: z.string(), sha256: z.string() })).min(1),
});
export type TrainingCheckpoint = z.infer<typeof checkpointSchema>;

/** The candidate's folder: files in the object store by their hash. */
export const candidateFilesSchema = z
  .array(
    z.object({
      // A plain name: the folder has no folders.
      name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/u),
      sha256: z.string().regex(/^[0-9a-f]{64}$/u),
    }),
  )
  .min(1);
export type CandidateFiles = z.infer<typeof candidateFilesSchema>;
